//! Has three requests open at the same time.

use dockwright_guests::*;

struct Overlap;

impl Behaviour for Overlap {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        let begin = system::monotonic_clock();
        let early = api::wait(Some(5_000_000));
        for document in ["300", "100", "200"] {
            api::submit(document, None);
        }
        let mut seen = vec![show(early), show(api::wait(Some(0))), show(api::wait(Some(10_000_000)))];
        seen.extend((0..3).map(|_| show(api::wait(None))));
        let took = (system::monotonic_clock() - begin) / 1_000_000;
        seen.push(if took < 550 {
            "overlapped".into()
        } else {
            format!("one after the other: {took} ms")
        });
        Ok(quote(&seen.join("\n")))
    }
}

export!(Overlap);

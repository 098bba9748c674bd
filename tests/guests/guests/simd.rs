//! Computes with vector instructions, which a baseline CPU may have to emulate.

use dockwright_guests::*;

struct Simd;

impl Behaviour for Simd {
    fn invoke(call: FunctionCall) -> Result<String, Failure> {
        Ok(compute(call.name.len() as f32).to_string())
    }
}

#[cfg(target_arch = "wasm32")]
#[target_feature(enable = "simd128")]
fn compute_vector(seed: f32) -> f32 {
    use std::arch::wasm32::*;
    let numbers = f32x4_floor(f32x4_mul(f32x4_splat(seed), f32x4(1.5, 2.5, 3.5, 4.5)));
    let swapped = i8x16_swizzle(numbers, i8x16(4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
    let whole = i32x4_trunc_sat_f32x4(f32x4_add(numbers, swapped));
    let counted = i8x16_popcnt(whole);
    let product = i64x2_mul(whole, counted);
    (i32x4_extract_lane::<0>(i32x4_max(whole, product)) + i32x4_extract_lane::<3>(whole)) as f32
}

fn compute(seed: f32) -> f32 {
    #[cfg(target_arch = "wasm32")]
    return compute_vector(seed);
    #[cfg(not(target_arch = "wasm32"))]
    return seed;
}

export!(Simd);

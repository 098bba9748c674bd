//! Work that is done once: the first who asks starts it, others share it, it is cancelled when the last of them goes away, and an error is not
//! kept.

use crate::error::ApiError;
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

type Work<V> = Shared<BoxFuture<'static, Result<V, ApiError>>>;

/// Results by key.
pub(crate) struct Memo<K, V>(Mutex<HashMap<K, Work<V>>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo(Mutex::new(HashMap::new()))
    }
}

impl<K: Hash + Eq + Clone, V: Clone + Send + Sync + 'static> Memo<K, V> {
    /// Whether a good result is there already.
    pub(crate) fn has(&self, key: &K) -> bool {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).and_then(Shared::peek).is_some_and(Result::is_ok)
    }

    /// The result of the key; `start` makes the work when nobody has begun it.
    pub(crate) async fn get(
        &self,
        key: K,
        start: impl FnOnce() -> BoxFuture<'static, Result<V, ApiError>>,
    ) -> Result<V, ApiError> {
        let work = {
            let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match entries.get(&key) {
                Some(work) if !work.peek().is_some_and(Result::is_err) => work.clone(),
                _ => {
                    let work = start().shared();
                    entries.insert(key.clone(), work.clone());
                    work
                }
            }
        };
        let guard = Forget {
            memo: self,
            key: &key,
            work: Some(work.clone()),
        };
        let result = work.await;
        guard.finish();
        result
    }
}

/// Takes unfinished work out of the table when its last waiter is cancelled, so that the work itself is dropped.
struct Forget<'a, K: Hash + Eq, V: Clone> {
    memo: &'a Memo<K, V>,
    key: &'a K,
    work: Option<Work<V>>,
}

impl<K: Hash + Eq, V: Clone> Forget<'_, K, V> {
    fn finish(mut self) {
        self.work = None;
    }
}

impl<K: Hash + Eq, V: Clone> Drop for Forget<'_, K, V> {
    fn drop(&mut self) {
        let Some(work) = self.work.take() else { return };
        let mut entries = self.memo.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Handles left: the table's, this guard's, and that of the cancelled `get`.
        let last = work.peek().is_none() && work.strong_count().is_some_and(|count| count <= 3);
        if last && entries.get(self.key).is_some_and(|entry| entry.ptr_eq(&work)) {
            entries.remove(self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    fn slow(runs: &Arc<AtomicUsize>, ends: &Arc<AtomicUsize>) -> BoxFuture<'static, Result<usize, ApiError>> {
        let (runs, ends) = (runs.clone(), ends.clone());
        async move {
            let run = runs.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(50)).await;
            ends.fetch_add(1, Ordering::SeqCst);
            Ok(run)
        }
        .boxed()
    }

    #[tokio::test]
    async fn waiters_share_one_run_and_a_cancelled_one_spares_the_others() {
        let memo: Arc<Memo<u8, usize>> = Arc::default();
        let (runs, ends) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let ask = || {
            let (memo, runs, ends) = (memo.clone(), runs.clone(), ends.clone());
            tokio::spawn(async move { memo.get(1, || slow(&runs, &ends)).await })
        };
        let (first, second) = (ask(), ask());
        tokio::time::sleep(Duration::from_millis(10)).await;
        first.abort();
        assert_eq!(second.await.unwrap().unwrap(), 0);
        assert_eq!((runs.load(Ordering::SeqCst), ends.load(Ordering::SeqCst)), (1, 1));
        assert!(memo.has(&1));
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_is_dropped() {
        let memo: Arc<Memo<u8, usize>> = Arc::default();
        let (runs, ends) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let cancelled = tokio::time::timeout(Duration::from_millis(10), memo.get(1, || slow(&runs, &ends))).await;
        assert!(cancelled.is_err());
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(ends.load(Ordering::SeqCst), 0);
        assert_eq!(memo.get(1, || slow(&runs, &ends)).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn an_error_is_not_kept() {
        let memo: Memo<u8, usize> = Memo::default();
        let failed = memo.get(1, || async { Err(ApiError::other("no")) }.boxed()).await;
        assert_eq!(failed.unwrap_err().to_string(), "no");
        assert_eq!(memo.get(1, || async { Ok(2) }.boxed()).await.unwrap(), 2);
    }
}

//! Room for recursion: the walker follows the nesting of expressions, blocks and calls on the machine's stack.

use std::thread;

/// Address space for the walker's stack: [`super::interp::MAX_DEPTH`] calls, each through the deepest expression
/// the parser lets pass in ordinary programs. Only pages that are touched cost memory.
const STACK: usize = 1 << 30;

/// Runs `work` on a thread with a stack deep enough for any program the parser accepts.
///
/// A session is not `Send`, so it is made, used and dropped inside `work`. A panic in `work` goes on in the caller.
pub fn with_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let started = thread::Builder::new().name("arr".into()).stack_size(STACK).spawn_scoped(scope, work);
        match started.map(|thread| thread.join()) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => panic!("no thread can be started: {error}"),
        }
    })
}

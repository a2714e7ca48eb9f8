//! The net under builtins and operators: a panic in one becomes an error of the program, which a script can catch and
//! which leaves a prompt with all its variables. Such a panic is a bug, and the error says so; only [`OutOfMemory`] and
//! [`Interrupted`] are thrown on purpose.

use super::interp::Interp;
use crate::array::room::{self, OutOfMemory};
use crate::builtin::{Builtin, Call, Values};
use crate::diag::interrupt::Interrupted;
use crate::diag::{Fault, Result};
use crate::fault;
use crate::value::Value;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

impl Interp {
    /// Runs the body of a builtin. No empty array of absurd extents comes out of it.
    pub(super) fn guarded(&mut self, builtin: &Builtin, args: &[Value], call: Call) -> Result<Values> {
        let made = self.guard(builtin.name, |interp| (builtin.body)(interp, args, call))?;
        for value in &made {
            match value {
                Value::Array(block) | Value::Char(block, _) => room::lanes(block.shape())?,
                Value::Cell(cells) => room::lanes(cells.shape())?,
                Value::Struct(structs) => room::lanes(structs.shape())?,
                _ => {}
            }
        }
        Ok(made)
    }

    /// Runs what works on arrays in memory, the body of a builtin or an operator.
    pub(super) fn guard<T>(&mut self, name: &str, work: impl FnOnce(&mut Interp) -> Result<T>) -> Result<T> {
        let depth = self.callers.len();
        // What a panic leaves behind: frames, which are left here; settings and state are plain values.
        catch_unwind(AssertUnwindSafe(|| work(self))).unwrap_or_else(|panic| {
            while self.callers.len() > depth {
                self.leave();
            }
            Err(if panic.is::<Interrupted>() { self.interrupted() } else { thrown(name, panic) })
        })
    }
}

#[cold]
fn thrown(name: &str, panic: Box<dyn Any + Send>) -> Fault {
    let panic = match panic.downcast::<OutOfMemory>() {
        Ok(refused) => return refused.0,
        Err(panic) => panic,
    };
    let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    fault!("{name}: internal error: {}", message.unwrap_or("unknown"))
        .id("arr:internal-error")
        .hint("this is a defect of arr, not of the program; please report what it was called with")
}

//! `onCleanup`: a function that is called when the last variable that holds the object goes.
//!
//! The object only says that its time has come; the session calls what waits once it may.

use super::evaluation::shown;
use crate::bail;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::one;
use crate::builtin::state::Cleanups;
use crate::diag::Result;
use crate::value::object::Class;
use crate::value::{Func, Object, Value};
use std::any::Any;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[Builtin::new("onCleanup", (1, 1), 1, on_cleanup, ON_CLEANUP)];

const ON_CLEANUP: &str = "\
`C = onCleanup (F)`

Calls F, without arguments, when C goes: at the end of the function whose variable it is, however it ends, or when it is
cleared.

    c = onCleanup (@() disp (\"closing\")); clear c
    % closing";

#[derive(Debug)]
struct OnCleanup {
    action: Arc<Func>,
    waiting: Cleanups,
}

impl Drop for OnCleanup {
    fn drop(&mut self) {
        self.waiting.borrow_mut().push(self.action.clone());
    }
}

impl Class for OnCleanup {
    fn name(&self) -> &'static str {
        "onCleanup"
    }

    fn properties(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    fn set(&self, name: &str, _: Value) -> Result<()> {
        bail!("invalid use of a onCleanup object: unknown property '{name}'")
    }

    fn methods(&self) -> &'static [&'static str] {
        &[]
    }

    fn text(&self) -> String {
        let sign = if matches!(*self.action, Func::Named(_)) { "@" } else { "" };
        format!("onCleanup ({sign}{})\n", shown(&self.action))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn on_cleanup(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Func(action) = &args[0] else { bail!("onCleanup: argument must be a function handle") };
    let waiting = host.state().cleanups.clone();
    one(Value::Object(Object::new(OnCleanup { action: action.clone(), waiting })))
}

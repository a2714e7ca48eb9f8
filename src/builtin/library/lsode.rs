//! Differential equations as `lsode` takes them.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("lsode.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "lsode",
        (3, 4),
        3,
        SOURCE,
        "`[X, ISTATE, MSG] = lsode (FCN, X_0, T)`, `lsode (FCN, X_0, T, T_CRIT)`\n\nThe solution of x' = FCN (x, t) from X_0 at T(1), one row for each time of T; no step passes over a time of T_CRIT.\nFCN may be a cell of the function and its Jacobian. ISTATE is 2 where it succeeds. The steps are those of `ode15s`,\nor of `ode45` where `lsode_options` choose the method \"adams\".\n\n    x = lsode (@(x, t) -x, 1, [0, 1]);\n    abs (x(2) - exp (-1)) < 1e-6\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "lsode_options",
        (0, 2),
        1,
        SOURCE,
        "`lsode_options ()`, `VALUE = lsode_options (NAME)`, `lsode_options (NAME, VALUE)`\n\nShows, gives or sets an option of `lsode`. \"absolute tolerance\", \"relative tolerance\", \"integration method\", \"initial\nstep size\" and \"maximum step size\" have an effect; the others are only kept.\n\n    lsode_options (\"integration method\")\n    % ans = stiff\n",
    ),
];

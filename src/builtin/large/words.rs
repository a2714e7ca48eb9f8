//! The words for large arrays: `load`, `save`, `gather`, `rechunk`, `chunks`, `explain`, `fpmode`, `lastrun`, `islazy`.

use crate::array::Shape;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::ops::lazy::{self, as_node};
use crate::diag::Result;
use crate::ir::{Node, Op};
use crate::opt::FpMode;
use crate::store::WriteOptions;
use crate::value::{Lazy, Struct, Value};
use crate::{bail, fault};
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// An array of at most this many elements is shown whole, as if it were dense.
const SHOWN_WHOLE: usize = 10_000;

/// Whether an array is shown as if it were in memory.
pub fn shown_whole(array: &Lazy) -> bool {
    array.shape().len() <= SHOWN_WHOLE
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "load",
        (1, 1),
        1,
        load,
        "`A = load (PATH)`\n\nOpens the array at PATH (Zarr or NumPy `.npy`, by extension or by what is there). A large array is not read: \
         A is lazy, and operations on it run block by block when a result is needed. A small one is read at once.\n\n\
         \x20   save (\"squares.npy\", (1:4).^2);\n\x20   A = load (\"squares.npy\")\n\x20   % A =\n\x20   %\n\x20   %     1    4    9   16",
    ),
    Builtin::new(
        "save",
        (2, usize::MAX),
        0,
        save,
        "`save (PATH, X)`, `save (PATH, X, \"chunk\", [m n], \"shard\", [M N], \"codec\", \"zstd:3\", \"version\", 3)`\n\nWrites an array, the format chosen by the \
         extension of PATH (`.zarr`, `.npy`). A lazy array is computed and written block by block and need not fit into memory. The array appears \
         under its name only when it is complete; what was there before stays until then.\n\n\
         \x20   save (\"a.zarr\", rand (100, 20), \"chunk\", [50 20])",
    ),
    Builtin::new(
        "gather",
        (1, usize::MAX),
        usize::MAX,
        gather,
        "`X = gather (A)`, `[X, Y] = gather (A, B)`\n\nComputes lazy arrays and brings them into memory; several are computed together, so that what they \
         read in common is read once. Other values come back as they are.\n\n\x20   X = gather (2 + 3)\n\x20   % X = 5",
    ),
    Builtin::new(
        "rechunk",
        (2, 2),
        1,
        rechunk,
        "`B = rechunk (A, [m n])`\n\nThe same array, computed and saved in chunks of m x n elements.\n\n\
         \x20   chunks (rechunk (zeros (100, 100), [50 20]))\n\x20   % ans =\n\x20   %\n\x20   %    50   20",
    ),
    Builtin::new(
        "chunks",
        (1, 1),
        1,
        chunks,
        "`C = chunks (A)`\n\nThe extents of the chunks of an array: of a lazy one as it is cut, of one in memory its size.\n\n\
         \x20   chunks ([1 2; 3 4])\n\x20   % ans =\n\x20   %\n\x20   %    2   2",
    ),
    Builtin::new(
        "explain",
        (1, 2),
        1,
        explain,
        "`explain (X)`, `explain (X, \"analyze\")`, `T = explain (...)`\n\nShows how a lazy array would be computed: the graph as written, after each \
         optimisation, and the plan with tasks, bytes and predicted peak memory. With \"analyze\" it is run and measured.\n\n\
         \x20   explain (rechunk (rand (100, 10), [50 10]))",
    ),
    Builtin::new(
        "fpmode",
        (0, 1),
        1,
        fpmode,
        "`M = fpmode ()`, `fpmode (M)`\n\nWhich rewrites the optimiser may apply to large arrays: \"strict\" keeps every bit, \"default\" the values up to \
         rounding, \"fast\" also takes numbers to be finite. The command line sets it with --fp.\n\n\
         \x20   fpmode ()\n\x20   % ans = default",
    ),
    Builtin::new(
        "lastrun",
        (0, 0),
        1,
        lastrun,
        "`R = lastrun ()`\n\nWhat the last computation of large arrays did, as a struct: tasks, bytes_read, bytes_written, bytes_spilled, flops, \
         peak_bytes (most bytes held at once), budget and seconds. Empty before the first.\n\n\
         \x20   isempty (lastrun ())\n\x20   % ans = 1",
    ),
    Builtin::new(
        "islazy",
        (1, 1),
        1,
        islazy,
        "`islazy (X)`\n\nTrue when X is a large array that waits to be computed.\n\n\x20   islazy (1)\n\x20   % ans = 0",
    ),
];

fn text_argument(value: &Value, what: &str) -> Result<String> {
    value.to_text().ok_or_else(|| fault!("{what} must be a string"))
}

fn load(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let path = text_argument(&args[0], "load: PATH")?;
    let mut node = host.arrays().open(&path)?;
    if node.inputs.is_empty() {
        // The same source, known by the place of this call.
        node = Node::new(node.op.clone(), &[], call.span)?;
    }
    let lazy = Value::Lazy(Lazy(node.clone()));
    let small = node.meta.bytes() <= host.settings().dense_limit as u128;
    Ok(smallvec![if small { host.gather(&lazy)? } else { lazy }])
}

fn save(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let path = text_argument(&args[0], "save: PATH")?;
    if args[1].dtype().is_none() {
        return Err(fault!("save: a {} cannot be saved as an array", args[1].type_name())
            .hint("arrays of numbers, truth values and characters can"));
    }
    let node = as_node(&args[1], call.span)?;
    let mut options = WriteOptions::default();
    let mut rest = args[2..].chunks_exact(2);
    for pair in &mut rest {
        let name = text_argument(&pair[0], "save: an option's name")?;
        match name.as_str() {
            "chunk" => options.chunk = Some(extents(&pair[1], "save: chunk")?.to_vec()),
            "shard" => options.shard = Some(extents(&pair[1], "save: shard")?.to_vec()),
            "codec" => options.codec = Some(text_argument(&pair[1], "save: codec")?),
            "version" => options.version = pair[1].to_f64().map(|v| v as u8),
            other => {
                return Err(
                    fault!("save: unknown option '{other}'").hint("options are chunk, shard, codec and version")
                );
            }
        }
    }
    if !rest.remainder().is_empty() {
        bail!("save: options come as pairs of a name and a value");
    }
    host.arrays().save(&[(path, node, options)])?;
    Ok(Values::new())
}

fn gather(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let nodes: Vec<Arc<Node>> = args
        .iter()
        .filter_map(|a| match a {
            Value::Lazy(l) => Some(l.0.clone()),
            _ => None,
        })
        .collect();
    // Together: what they read in common is read once.
    if nodes.len() > 1 {
        let mut blocks = host.arrays().force(&nodes)?.into_iter();
        return Ok(args
            .iter()
            .map(|a| match a {
                Value::Lazy(_) => blocks.next().map_or_else(|| a.clone(), Value::result),
                other => other.clone(),
            })
            .collect());
    }
    args.iter().map(|a| host.gather(a)).collect()
}

/// Chunk extents from a row of whole numbers.
fn extents(value: &Value, what: &str) -> Result<SmallVec<[usize; 4]>> {
    let block = value.to_block()?;
    let mut out = SmallVec::new();
    for at in 0..block.len() {
        let x = block.data().get_f64(at);
        if x.is_nan() || x < 1.0 || (x.fract() != 0.0 && x.is_finite()) {
            return Err(fault!("{what}: extents must be whole numbers from 1, not {x}")
                .hint("Inf stands for the whole extent of an axis"));
        }
        out.push(if x.is_infinite() { usize::MAX } else { x as usize });
    }
    if out.is_empty() {
        bail!("{what}: give an extent for each dimension, as in [1000 1000]");
    }
    Ok(out)
}

fn rechunk(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let node = as_node(&args[0], call.span)?;
    let wanted = extents(&args[1], "rechunk")?;
    let rank = node.meta.shape.rank();
    if wanted.len() > rank {
        bail!("rechunk: {} extents for an array of {rank} dimensions", wanted.len());
    }
    let chunk =
        (0..rank).map(|a| wanted.get(a).copied().unwrap_or(usize::MAX).min(node.meta.shape.extent(a)).max(1)).collect();
    let node = Node::new(Op::Rechunk { chunk }, &[node], call.span)?;
    Ok(smallvec![lazy::value(node)])
}

fn chunks(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let extents: Vec<f64> = match &args[0] {
        Value::Lazy(l) => l.0.meta.chunks.iter().map(|&c| c as f64).collect(),
        other => Shape::new(&other.shape()).iter().map(|&d| d as f64).collect(),
    };
    Ok(smallvec![Value::row(extents)])
}

fn explain(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let analyze = match args.get(1) {
        None => false,
        Some(word) if word.to_text().as_deref() == Some("analyze") => true,
        Some(_) => bail!("explain: the second argument can only be \"analyze\""),
    };
    let text = match &args[0] {
        Value::Lazy(l) => host.arrays().explain(std::slice::from_ref(&l.0), analyze)?,
        other => format!("a {} {} in memory: there is nothing to compute\n", other.shape(), other.class()),
    };
    if call.nargout > 0 {
        return Ok(smallvec![Value::text(&text)]);
    }
    host.out().write_all(text.as_bytes()).map_err(|e| fault!("explain: {e}"))?;
    Ok(Values::new())
}

fn fpmode(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let mode = host.arrays().fp_mode();
    let before = *mode;
    if let Some(value) = args.first() {
        let name = text_argument(value, "fpmode: M")?;
        *mode = FpMode::from_name(&name)
            .ok_or_else(|| fault!("fpmode: no mode '{name}'").hint("the modes are strict, default and fast"))?;
        if call.nargout == 0 {
            return Ok(Values::new());
        }
    }
    Ok(smallvec![Value::text(before.name())])
}

fn lastrun(host: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    let budget = host.arrays().budget();
    let Some(run) = host.arrays().last_run() else { return Ok(smallvec![Value::empty()]) };
    let mut out = Struct::scalar();
    let counts = [
        ("tasks", run.tasks),
        ("bytes_read", run.bytes_read),
        ("bytes_written", run.bytes_written),
        ("bytes_spilled", run.bytes_spilled),
        ("flops", run.flops),
        ("peak_bytes", run.peak_bytes),
        ("budget", budget),
    ];
    for (name, count) in counts {
        out.set(name, Value::Num(count as f64));
    }
    out.set("seconds", Value::Num(run.seconds));
    Ok(smallvec![Value::Struct(Arc::new(out))])
}

fn islazy(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    Ok(smallvec![Value::Bool(matches!(args[0], Value::Lazy(_)))])
}

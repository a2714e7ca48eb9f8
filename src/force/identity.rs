//! What an array is made from, as a number: arrays of one identity have the same elements, in other processes too.

use crate::ir::{Graph, Node, Op, Source};
use crate::opt::FpMode;
use crate::store::digest::Digest;
use crate::store::digest_files;
use std::hash::{Hash, Hasher};
use std::io;
use std::sync::Arc;

/// The identity of a node: its graph, the state of the files it reads, and all else that may change a bit of it. `None`
/// where that cannot be told.
pub fn of(node: &Arc<Node>, fp: FpMode) -> Option<u64> {
    let mut digest = Digest::default();
    (env!("CARGO_PKG_VERSION"), fp.name()).hash(&mut digest);
    let graph = Graph::from_live(std::slice::from_ref(node)).ok()?;
    identify(&graph, &mut digest).ok()?;
    Some(digest.finish())
}

/// Takes operations, parameters and inputs of a graph into a digest: of arrays on disk where they are and when they
/// were changed, of arrays in memory their elements.
///
/// # Errors
/// Where the files of an array on disk cannot be looked at.
fn identify(graph: &Graph, digest: &mut Digest) -> io::Result<()> {
    let reachable = graph.reachable();
    for (_, node) in graph.nodes().iter().enumerate().filter(|(id, _)| reachable[*id]) {
        match &node.op {
            Op::Source(Source::Stored(source)) => match source.path() {
                Some(path) => digest_files(path, digest)?,
                None => return Err(io::ErrorKind::Unsupported.into()),
            },
            Op::Source(Source::Dense(block)) => {
                block.order().hash(digest);
                digest.write(block.data().bytes());
            }
            // What an algorithm makes lies where no other process finds it, but it makes the same again.
            Op::Source(Source::Promised(promised)) => {
                let promise = promised.promise();
                let algorithm = promise.identity().ok_or(io::ErrorKind::Unsupported)?;
                (algorithm, promised.output()).hash(digest);
                let inputs = Graph::from_live(promise.inputs()).map_err(|_| io::ErrorKind::Unsupported)?;
                identify(&inputs, digest)?;
            }
            op => op.hash(digest),
        }
        node.inputs.hash(digest);
        node.meta.hash(digest);
    }
    graph.roots.hash(digest);
    Ok(())
}

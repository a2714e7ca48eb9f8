//! A box inside two larger boxes (a chunk on disk and a block in memory), seen as runs of elements that are
//! contiguous in both; and reading, copying or filling along them.
//!
//! Both boxes hold their elements in the same order. Knows no formats.

use crate::array::Order;
use smallvec::SmallVec;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// Runs shorter than this are read together with the gap between them...
const SHORT: usize = 2048;
/// ...unless the gap is longer than this.
const GAP: usize = 2048;
/// Bytes of the buffer that holds several short runs and their gaps.
pub const BOUNCE: usize = 64 << 10;

/// A step repeated: how often, and how many elements apart in the source and in the destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Level {
    count: usize,
    src: usize,
    dst: usize,
}

/// Where the runs are, in elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runs {
    run: usize,
    src: usize,
    dst: usize,
    /// The runs of one line, evenly spaced.
    line: Level,
    /// Lines, innermost level first.
    outer: SmallVec<[Level; 4]>,
}

/// A place of the box in an enclosing box: extents of the enclosing box, and where the box starts in it.
#[derive(Debug, Clone, Copy)]
pub struct Within<'a> {
    pub extent: &'a [usize],
    pub start: &'a [usize],
}

impl Runs {
    /// The runs of a box of these extents that lies in `src` and in `dst`; all lists have the same length.
    pub fn new(order: Order, len: &[usize], src: Within, dst: Within) -> Runs {
        let rank = len.len();
        let axis_at = |depth: usize| if order == Order::C { rank - 1 - depth } else { depth };
        let (mut run, mut contiguous) = (1, true);
        let (mut src_step, mut dst_step, mut src_at, mut dst_at) = (1, 1, 0, 0);
        let mut levels: SmallVec<[Level; 4]> = SmallVec::new();
        for depth in 0..rank {
            let axis = axis_at(depth);
            src_at += src.start[axis] * src_step;
            dst_at += dst.start[axis] * dst_step;
            if contiguous && run == src_step && run == dst_step {
                run *= len[axis];
            } else if len[axis] != 1 {
                contiguous = false;
                levels.push(Level { count: len[axis], src: src_step, dst: dst_step });
            }
            src_step *= src.extent[axis];
            dst_step *= dst.extent[axis];
        }
        let line = if levels.is_empty() { Level { count: 1, src: 0, dst: 0 } } else { levels.remove(0) };
        Runs { run, src: src_at, dst: dst_at, line, outer: levels }
    }

    /// Calls `f` with the start of each line in source and destination.
    fn each_line<E>(&self, mut f: impl FnMut(usize, usize) -> Result<(), E>) -> Result<(), E> {
        if self.run == 0 || self.line.count == 0 || self.outer.iter().any(|l| l.count == 0) {
            return Ok(());
        }
        let mut at: SmallVec<[usize; 4]> = SmallVec::from_elem(0, self.outer.len());
        let (mut src, mut dst) = (self.src, self.dst);
        loop {
            f(src, dst)?;
            let mut depth = 0;
            loop {
                let Some(level) = self.outer.get(depth) else { return Ok(()) };
                at[depth] += 1;
                (src, dst) = (src + level.src, dst + level.dst);
                if at[depth] < level.count {
                    break;
                }
                (src, dst) = (src - level.src * level.count, dst - level.dst * level.count);
                at[depth] = 0;
                depth += 1;
            }
        }
    }

    /// Calls `f` with the start of each run in source and destination.
    fn each_run<E>(&self, mut f: impl FnMut(usize, usize) -> Result<(), E>) -> Result<(), E> {
        let line = self.line;
        self.each_line(|src, dst| (0..line.count).try_for_each(|k| f(src + k * line.src, dst + k * line.dst)))
    }

    fn lines(&self) -> usize {
        self.outer.iter().map(|l| l.count).product()
    }

    /// Whether short runs are read together with the gaps between them.
    fn gathers(&self, width: usize) -> bool {
        let run = self.run * width;
        self.line.count > 1 && run < SHORT && self.line.src * width <= run + GAP
    }

    /// Bytes that [`Runs::read`] moves, gaps included.
    pub fn bytes_moved(&self, width: usize) -> u64 {
        let per_line = match self.gathers(width) {
            true => (self.line.count - 1) * self.line.src + self.run,
            false => self.line.count * self.run,
        };
        (per_line * self.lines() * width) as u64
    }

    /// Bytes of scratch that [`Runs::read`] takes.
    pub fn scratch(&self, width: usize) -> usize {
        if self.gathers(width) { BOUNCE } else { 0 }
    }

    /// Reads the box from a file that holds the source box from byte `base` on, straight into the destination.
    pub fn read(&self, file: &File, base: u64, width: usize, out: &mut [u8]) -> io::Result<()> {
        let run = self.run * width;
        if !self.gathers(width) {
            return self
                .each_run(|src, dst| file.read_exact_at(&mut out[dst * width..][..run], base + (src * width) as u64));
        }
        let (src_step, dst_step) = (self.line.src * width, self.line.dst * width);
        let at_once = (BOUNCE / src_step).max(1);
        let mut bounce = vec![0; BOUNCE.min((self.line.count - 1) * src_step + run).max(run)];
        self.each_line(|src, dst| {
            for first in (0..self.line.count).step_by(at_once) {
                let count = at_once.min(self.line.count - first);
                let span = &mut bounce[..(count - 1) * src_step + run];
                file.read_exact_at(span, base + (src * width + first * src_step) as u64)?;
                for k in 0..count {
                    let to = dst * width + (first + k) * dst_step;
                    out[to..to + run].copy_from_slice(&span[k * src_step..k * src_step + run]);
                }
            }
            Ok(())
        })
    }

    /// Writes the box, held in the source, to its places in a file that holds the destination box from `base` on.
    pub fn write(&self, file: &File, base: u64, width: usize, data: &[u8]) -> io::Result<()> {
        let run = self.run * width;
        self.each_run(|src, dst| file.write_all_at(&data[src * width..][..run], base + (dst * width) as u64))
    }

    /// Copies the box from memory.
    pub fn copy(&self, data: &[u8], width: usize, out: &mut [u8]) {
        let run = self.run * width;
        let copied: Result<(), std::convert::Infallible> = self.each_run(|src, dst| {
            out[dst * width..][..run].copy_from_slice(&data[src * width..][..run]);
            Ok(())
        });
        let Ok(()) = copied;
    }

    /// Sets every element of the box in the destination to the same bytes.
    pub fn fill(&self, element: &[u8], out: &mut [u8]) {
        let width = element.len();
        let zero = element.iter().all(|&b| b == 0);
        let filled: Result<(), std::convert::Infallible> = self.each_run(|_, dst| {
            let run = &mut out[dst * width..][..self.run * width];
            match zero {
                true => run.fill(0),
                false => run.chunks_exact_mut(width).for_each(|e| e.copy_from_slice(element)),
            }
            Ok(())
        });
        let Ok(()) = filled;
    }

    /// The one run that is the whole box in source and destination, if it is one.
    pub fn single(&self) -> Option<(usize, usize, usize)> {
        (self.line.count == 1 && self.lines() == 1).then_some((self.src, self.dst, self.run))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn check(order: Order, len: &[usize], src: Within, dst: Within) {
        let size = |w: &Within| w.extent.iter().product::<usize>();
        let data: Vec<u8> = (0..size(&src)).map(|i| (i % 251) as u8 + 1).collect();
        let linear = |w: &Within, at: &[usize]| {
            let rank = len.len();
            (0..rank)
                .map(|d| if order == Order::C { d } else { rank - 1 - d })
                .fold(0, |n, a| n * w.extent[a] + w.start[a] + at[a])
        };
        let mut wanted = vec![0; size(&dst)];
        for i in 0..len.iter().product() {
            let (mut rest, mut at) = (i, vec![0; len.len()]);
            for axis in 0..len.len() {
                at[axis] = rest % len[axis];
                rest /= len[axis];
            }
            wanted[linear(&dst, &at)] = data[linear(&src, &at)];
        }
        let runs = Runs::new(order, len, src, dst);
        let mut copied = vec![0; size(&dst)];
        runs.copy(&data, 1, &mut copied);
        assert_eq!(copied, wanted, "{runs:?}");
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"head").unwrap();
        file.write_all(&data).unwrap();
        let mut read = vec![0; size(&dst)];
        runs.read(&file, 4, 1, &mut read).unwrap();
        assert_eq!(read, wanted);
    }

    #[test]
    fn a_box_lands_where_it_belongs() {
        for order in [Order::C, Order::F] {
            let (e, s, d, t) = ([5, 7, 3], [1, 2, 0], [6, 4, 3], [2, 0, 0]);
            for len in [[1, 1, 1], [3, 4, 3], [4, 1, 3], [1, 4, 2], [4, 4, 1], [0, 4, 3]] {
                check(order, &len, Within { extent: &e, start: &s }, Within { extent: &d, start: &t });
            }
            check(
                order,
                &[40, 900],
                Within { extent: &[50, 901], start: &[3, 1] },
                Within { extent: &[40, 900], start: &[0, 0] },
            );
            check(order, &[], Within { extent: &[], start: &[] }, Within { extent: &[], start: &[] });
        }
    }

    #[test]
    fn a_whole_chunk_is_one_run_and_short_runs_count_their_gaps() {
        let whole = |e| Within { extent: e, start: &[0, 0] };
        let runs = Runs::new(Order::C, &[10, 20], whole(&[10, 20]), whole(&[10, 20]));
        assert_eq!(runs.single(), Some((0, 0, 200)));
        assert_eq!(runs.bytes_moved(8), 1600);
        let runs = Runs::new(Order::C, &[10, 2], whole(&[10, 20]), whole(&[10, 2]));
        assert_eq!(runs.bytes_moved(8), (9 * 20 + 2) * 8);
        let runs = Runs::new(Order::C, &[10, 2], whole(&[10, 2000]), whole(&[10, 2]));
        assert_eq!(runs.bytes_moved(8), 160);
    }
}

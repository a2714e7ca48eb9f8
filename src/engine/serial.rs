//! The reference: one task after the other, in the order of the graph, on the thread that asks.

use super::api::{Bindings, Config, Engine, Observer, Report};
use super::job::{Job, Piece, Tally, internal};
use crate::array::Block;
use crate::diag::{Diagnostic, Result};
use crate::plan::Plan;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// How often an observer is told.
const TELL: Duration = Duration::from_millis(50);

/// The serial engine. Every block and every region a task reads is held while it runs and no longer than its last
/// reader; regions that several tasks read are read again.
pub struct Serial;

impl Engine for Serial {
    fn name(&self) -> &'static str {
        "serial"
    }

    fn execute(
        &self,
        plan: &Plan,
        bindings: &Bindings,
        config: &Config,
        observer: &dyn Observer,
        stop: &AtomicBool,
    ) -> Result<Report> {
        let job = Job::new(plan, bindings, config)?;
        let mut slots: Vec<Option<Arc<Block>>> = vec![None; job.links.maker.len()];
        let mut unread = job.readers();
        let mut told = Instant::now();
        for task in 0..plan.tasks.len() as u32 {
            if stop.load(Relaxed) {
                return Err(Diagnostic::interrupted());
            }
            let mut price = job.price(task);
            job.each_piece(task, |piece| {
                if let Piece::Region(region) = piece {
                    let (bytes, scratch) = job.region_bytes(region);
                    price += bytes + scratch;
                }
            });
            job.pool.lease(price);
            let mut pieces = Vec::new();
            let mut wrong = None;
            let mut freed = 0;
            job.each_piece(task, |piece| match piece {
                Piece::Block(block) => {
                    let at = block as usize;
                    unread[at] -= 1;
                    if unread[at] == 0 {
                        freed += job.links.bytes[at];
                        pieces.extend(slots[at].take());
                    } else {
                        pieces.extend(slots[at].clone());
                    }
                }
                Piece::Region(region) => match job.read(region) {
                    Ok(block) => pieces.push(Arc::new(block)),
                    Err(fault) => wrong = Some(fault),
                },
            });
            if let Some(fault) = wrong {
                return Err(fault);
            }
            let mut kept = 0;
            let mut tally = Tally::default();
            let made = job.run(task, pieces, 1, &mut tally)?;
            job.meter.add(tally);
            for (block, data) in made {
                if unread[block as usize] > 0 {
                    kept += job.links.bytes[block as usize];
                    slots[block as usize] = Some(data);
                } else {
                    job.pool.recycle(data);
                }
            }
            job.pool.release((price + freed).checked_sub(kept).ok_or_else(|| internal("wrong books"))?);
            if told.elapsed() > TELL {
                told = Instant::now();
                observer.progress(&job.progress(task));
            }
        }
        observer.progress(&job.progress(plan.tasks.len().saturating_sub(1) as u32));
        Ok(job.report())
    }
}

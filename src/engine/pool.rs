//! The parallel engine: workers on a pool of rayon threads, and a few threads that read ahead.
//!
//! A worker takes what [`State::next`] gives (trivial tasks by the handful) until nothing can start, then returns its thread to the pool, where a task
//! that runs alone may use it; whoever makes new work possible spawns a worker again. The thread that asked for the run
//! only watches: it looks for the stop flag and tells the observer.

use super::api::{Bindings, Config, Engine, Observer, Report};
use super::job::{Job, Tally, internal};
use super::sched::{Next, State};
use super::work::Made;
use crate::array::Block;
use crate::diag::{Diagnostic, Fault, Result};
use crate::plan::Plan;
use rayon::{Scope, ThreadPool, ThreadPoolBuilder};
use smallvec::{SmallVec, smallvec};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often the watching thread looks up.
const WATCH: Duration = Duration::from_millis(50);
/// Most trivial tasks that a worker takes at once.
const BATCH: usize = 16;
/// Most threads that only read: what a disk needs to be kept busy.
const READERS: usize = 4;

/// The parallel engine; keeps its threads between runs.
#[derive(Default)]
pub struct Parallel {
    threads: Mutex<Option<Arc<ThreadPool>>>,
}

impl Parallel {
    pub const fn new() -> Parallel {
        Parallel { threads: Mutex::new(None) }
    }

    fn threads(&self, count: usize) -> Result<Arc<ThreadPool>> {
        let mut kept = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(pool) if pool.current_num_threads() == count => Ok(Arc::clone(pool)),
            _ => {
                let named = ThreadPoolBuilder::new().num_threads(count).thread_name(|i| format!("arr-{i}"));
                let pool = named.build().map_err(|error| Diagnostic::new(format!("cannot start threads: {error}")))?;
                let pool = Arc::new(pool);
                *kept = Some(Arc::clone(&pool));
                Ok(pool)
            }
        }
    }
}

/// What all threads of a run share.
struct Run<'a> {
    job: &'a Job<'a>,
    shared: Mutex<Shared<'a>>,
    /// Wakes the watching thread.
    ended: Condvar,
    /// Wakes threads that read.
    readable: Condvar,
    threads: usize,
}

struct Shared<'a> {
    state: State<'a>,
    workers: usize,
    idle_readers: usize,
    /// A task has all threads.
    wide: bool,
    /// The fault of the earliest task that failed, or the interrupt.
    fault: Option<(u32, Fault)>,
    over: bool,
}

impl Engine for Parallel {
    fn name(&self) -> &'static str {
        "parallel"
    }

    fn execute(
        &self,
        plan: &Plan,
        bindings: &Bindings,
        config: &Config,
        observer: &dyn Observer,
        stop: &AtomicBool,
    ) -> Result<Report> {
        let threads = config.threads.max(1);
        let pool = self.threads(threads)?;
        let job = Job::new(plan, bindings, config)?;
        let readers = (threads + 1).min(READERS);
        let state = State::new(&job, 2 * (threads + readers));
        let readers = if state.reads_files() { readers } else { 0 };
        let run = Run {
            job: &job,
            shared: Mutex::new(Shared {
                state,
                workers: 0,
                idle_readers: 0,
                wide: false,
                fault: None,
                over: plan.tasks.is_empty(),
            }),
            ended: Condvar::new(),
            readable: Condvar::new(),
            threads,
        };
        pool.in_place_scope(|workers| {
            std::thread::scope(|scope| {
                for number in 0..readers {
                    // With fewer readers workers read for themselves.
                    let named = std::thread::Builder::new().name(format!("arr-read-{number}"));
                    let _ = named.spawn_scoped(scope, || run.read_ahead(workers));
                }
                run.watch(workers, observer, stop);
            });
        });
        let Shared { state, fault, .. } = run.shared.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, fault)) = fault {
            return Err(fault);
        }
        debug_assert!(state.is_clean(), "memory was not given back");
        let last = state.last();
        drop(state);
        observer.progress(&job.progress(last));
        Ok(job.report())
    }
}

impl<'a> Run<'a> {
    fn lock(&self) -> MutexGuard<'_, Shared<'a>> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks for the stop flag and tells the observer until the run is over.
    fn watch<'s>(&'s self, workers: &Scope<'s>, observer: &dyn Observer, stop: &AtomicBool) {
        let mut shared = self.lock();
        self.spawn(&mut shared, workers);
        while !shared.over {
            let (guard, waited) = self.ended.wait_timeout(shared, WATCH).unwrap_or_else(PoisonError::into_inner);
            shared = guard;
            if stop.load(Relaxed) {
                self.end(&mut shared, Some((0, Diagnostic::interrupted())));
            } else if waited.timed_out() && !shared.over {
                if shared.workers == 0 && shared.state.is_idle() && !self.spawn(&mut shared, workers) {
                    self.end(&mut shared, Some((0, internal("the run is stuck"))));
                }
                let last = shared.state.last();
                drop(shared);
                observer.progress(&self.job.progress(last));
                shared = self.lock();
            }
        }
    }

    /// Ends the run; the fault of the earliest task wins.
    fn end(&self, shared: &mut Shared<'a>, fault: Option<(u32, Fault)>) {
        if let Some((task, fault)) = fault
            && shared.fault.as_ref().is_none_or(|&(earlier, _)| task < earlier)
        {
            shared.fault = Some((task, fault));
        }
        shared.over = true;
        self.ended.notify_all();
        self.readable.notify_all();
    }

    /// Sets one more worker to work, and wakes a reader, if there is something for them. A worker that finds more to do
    /// calls this again.
    fn spawn<'s>(&'s self, shared: &mut Shared<'a>, workers: &Scope<'s>) -> bool {
        if shared.over {
            return false;
        }
        let read = shared.state.can_read();
        let wake = read && shared.idle_readers > 0;
        if wake {
            self.readable.notify_one();
        }
        let more = !shared.wide && shared.workers < self.threads && (shared.state.can_run() || (read && !wake));
        if more {
            shared.workers += 1;
            workers.spawn(|workers| self.work(workers));
        }
        wake || more
    }

    /// The life of a worker.
    fn work<'s>(&'s self, workers: &Scope<'s>) {
        let mut shared = self.lock();
        while !shared.over {
            match shared.state.next() {
                Next::Run { task, pieces, wide } => {
                    shared.wide |= wide;
                    let mut batch: SmallVec<[_; BATCH]> = smallvec![(task, pieces)];
                    if !wide && self.job.is_trivial(task) {
                        batch.extend(std::iter::from_fn(|| shared.state.next_trivial()).take(BATCH - 1));
                    }
                    self.spawn(&mut shared, workers);
                    drop(shared);
                    let (made, fault) = self.run(batch, if wide { self.threads } else { 1 });
                    shared = self.lock();
                    if wide {
                        shared.wide = false;
                    }
                    let mut freed: SmallVec<[_; 2 * BATCH]> = SmallVec::new();
                    for (task, made) in made {
                        freed.extend(shared.state.finish(task, made));
                    }
                    if fault.is_some() || shared.state.is_done() {
                        self.end(&mut shared, fault);
                    }
                    if !freed.is_empty() {
                        drop(shared);
                        freed.into_iter().for_each(|block| self.job.pool.recycle(block));
                        shared = self.lock();
                    }
                }
                Next::Read(region) => {
                    self.spawn(&mut shared, workers);
                    drop(shared);
                    shared = self.read(region);
                }
                Next::Nothing => break,
            }
        }
        shared.workers -= 1;
        if !shared.over {
            self.spawn(&mut shared, workers);
        }
    }

    /// Runs tasks one after the other, up to the first that fails.
    fn run(
        &self,
        batch: SmallVec<[(u32, Vec<Arc<Block>>); BATCH]>,
        threads: usize,
    ) -> (SmallVec<[(u32, Made); BATCH]>, Option<(u32, Fault)>) {
        let mut tally = Tally::default();
        let (mut done, mut failed) = (SmallVec::new(), None);
        for (task, pieces) in batch {
            match self.job.run(task, pieces, threads, &mut tally) {
                Ok(made) => done.push((task, made)),
                Err(fault) => {
                    failed = Some((task, fault));
                    break;
                }
            }
        }
        self.job.meter.add(tally);
        (done, failed)
    }

    /// The life of a thread that reads ahead.
    fn read_ahead<'s>(&'s self, workers: &Scope<'s>) {
        let mut shared = self.lock();
        while !shared.over {
            match shared.state.next_read() {
                Some(region) => {
                    self.spawn(&mut shared, workers);
                    drop(shared);
                    shared = self.read(region);
                    self.spawn(&mut shared, workers);
                }
                None => {
                    shared.idle_readers += 1;
                    shared = self.readable.wait(shared).unwrap_or_else(PoisonError::into_inner);
                    shared.idle_readers -= 1;
                }
            }
        }
    }

    fn read(&self, region: u32) -> MutexGuard<'_, Shared<'a>> {
        let block = self.job.read(region);
        let mut shared = self.lock();
        match block {
            Ok(block) => shared.state.end_read(region, block),
            Err(fault) => {
                let reader = self.job.links.regions.get(region as usize).map_or(0, |_| region);
                self.end(&mut shared, Some((reader, fault)));
            }
        }
        shared
    }
}

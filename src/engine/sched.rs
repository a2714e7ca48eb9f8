//! What to do next: the state of a parallel run, held under one lock.
//!
//! Tasks become ready when the blocks they read are made; the ready task that comes first in the serial order goes
//! first. A task that needs regions of files is parked until they are read. Knows no threads: workers ask
//! [`State::next`], carry out what it says without the lock, and report back.

use super::job::{Job, Piece};
use super::ledger::Ledger;
use super::ready::Ready;
use super::regions::Regions;
use super::work::Made;
use crate::array::Block;
use crate::plan::ArrayKind;
use smallvec::SmallVec;
use std::sync::Arc;

/// What a worker shall do.
pub enum Next {
    /// Run a task on these pieces, with `wide` all threads may help.
    Run { task: u32, pieces: Vec<Arc<Block>>, wide: bool },
    /// Read a region.
    Read(u32),
    /// Nothing can start now.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Blocks are missing, or it is in the ready queue.
    Waiting,
    /// Regions are missing.
    Parked,
    /// Its regions were read, and it is in the ready queue again.
    Called,
    Running,
    Done,
}

enum Admission {
    Started(Vec<Arc<Block>>),
    Parked,
    NoRoom,
}

/// How many ready tasks are tried when the first does not fit.
const TRIES: usize = 4;

/// The state of a run.
pub struct State<'a> {
    job: &'a Job<'a>,
    ledger: Ledger<'a>,
    regions: Regions,
    status: Vec<Status>,
    /// By task: the bytes it needs, regions of files not counted.
    prices: Vec<u64>,
    /// By task: how many of its pieces are not there (blocks while it waits, regions while it is parked).
    missing: Vec<u32>,
    ready: Ready,
    /// By block: the block while it lives and a reader has not started.
    slots: Vec<Option<Arc<Block>>>,
    /// By block: readers that have not started, and readers that have not finished.
    unclaimed: Vec<u32>,
    unread: Vec<u32>,
    /// The tasks that read each block (from memory or from the spill file): start by block, and the list.
    readers_at: Vec<u32>,
    readers: Vec<u32>,
    /// Whether tasks are ready that were found not to fit; until a task or a read ends, none of them will.
    refused: bool,
    /// Bytes that parked and called tasks will want besides their regions. What is read for a task that finds no room for
    /// them is thrown away again, so nobody is parked whose bytes these leave no room for.
    promised: u64,
    running: usize,
    parked: usize,
    parked_limit: usize,
    done: usize,
    /// Up to where the serial order was searched for regions to read in advance.
    foreseen: u32,
    last: u32,
}

impl<'a> State<'a> {
    /// `lookahead` bounds how many tasks are parked and how many regions are read in advance.
    pub fn new(job: &'a Job<'a>, lookahead: usize) -> State<'a> {
        let graph = job.graph;
        let blocks = job.links.maker.len();
        let mut readers_at = vec![0u32; blocks + 1];
        for (at, &count) in job.links.readers.iter().enumerate() {
            readers_at[at + 1] = readers_at[at] + count;
        }
        let mut at = readers_at.clone();
        let mut readers = vec![0; readers_at[blocks] as usize];
        let mut missing = vec![0; graph.tasks.len()];
        for (number, task) in graph.tasks.iter().enumerate() {
            for block in crate::plan::price::temporaries(graph, job.links, task) {
                missing[number] += 1;
                readers[at[block as usize] as usize] = number as u32;
                at[block as usize] += 1;
            }
        }
        drop(at);
        let ready = Ready::new((0..graph.tasks.len() as u32).filter(|&task| missing[task as usize] == 0));
        let unread = job.readers();
        State {
            job,
            ledger: Ledger::new(job.budget, &job.profile.suffix, blocks),
            regions: Regions::new(job, lookahead),
            status: vec![Status::Waiting; graph.tasks.len()],
            prices: (0..graph.tasks.len() as u32).map(|task| job.price(task)).collect(),
            missing,
            ready,
            slots: vec![None; blocks],
            unclaimed: unread.clone(),
            unread,
            readers_at,
            readers,
            refused: false,
            promised: 0,
            running: 0,
            parked: 0,
            parked_limit: lookahead,
            done: 0,
            foreseen: 0,
            last: 0,
        }
    }

    pub fn is_done(&self) -> bool {
        self.done == self.status.len()
    }

    /// Whether the run reads files at all.
    pub fn reads_files(&self) -> bool {
        !self.regions.is_empty()
    }

    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.running == 0 && self.regions.reading() == 0
    }

    /// The task that finished last.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// Starts the best thing that can start: a ready task if one fits, else a read.
    pub fn next(&mut self) -> Next {
        let mut skipped: SmallVec<[u32; TRIES]> = SmallVec::new();
        let mut next = Next::Nothing;
        while let Some(task) = self.ready.pop() {
            let front = task == self.ledger.front();
            if (self.parked >= self.parked_limit && !front) || skipped.len() == TRIES {
                skipped.push(task);
                break;
            }
            match self.admit(task) {
                Admission::Started(pieces) => {
                    next = Next::Run { task, pieces, wide: false };
                    break;
                }
                Admission::Parked => {}
                Admission::NoRoom => skipped.push(task),
            }
        }
        self.refused = matches!(next, Next::Nothing) && !skipped.is_empty();
        skipped.into_iter().for_each(|task| self.ready.push(task));
        match &mut next {
            Next::Run { wide, .. } => {
                *wide = self.running == 1 && self.parked == 0 && !self.can_run();
                next
            }
            _ => self.next_read().map_or(Next::Nothing, Next::Read),
        }
    }

    /// Starts the first ready task if it is trivial, its regions are there, and it fits.
    pub fn next_trivial(&mut self) -> Option<(u32, Vec<Arc<Block>>)> {
        let task = self.ready.peek()?;
        if !self.job.is_trivial(task) || self.parked >= self.parked_limit {
            return None;
        }
        self.ready.pop();
        match self.admit(task) {
            Admission::Started(pieces) => Some((task, pieces)),
            Admission::Parked => None,
            Admission::NoRoom => {
                self.ready.push(task);
                None
            }
        }
    }

    /// Starts a read if one is wanted and fits.
    pub fn next_read(&mut self) -> Option<u32> {
        self.regions.start_read(&self.job.pool, &mut self.ledger, self.promised)
    }

    /// Whether [`State::next`] would find a task, as far as can be told in a moment.
    pub fn can_run(&self) -> bool {
        // What a task takes of regions is only known when it is tried.
        !self.refused && self.ready.peek().is_some_and(|task| self.fits(task))
    }

    /// Whether [`State::next_read`] would find something.
    pub fn can_read(&mut self) -> bool {
        !self.regions.nothing_asked() && self.regions.can_read(&self.ledger, self.promised)
    }

    fn fits(&self, task: u32) -> bool {
        task == self.ledger.front() || self.regions.could_make_room(&self.ledger, self.prices[task as usize], task)
    }

    /// Starts a ready task if its regions are there and its bytes fit.
    fn admit(&mut self, task: u32) -> Admission {
        let front = task == self.ledger.front();
        let mut price = self.prices[task as usize];
        if self.reads_files() {
            let (mut missing, mut booking, mut reading) = (0, 0, 0);
            self.job.each_piece(task, |piece| {
                if let Piece::Region(region) = piece {
                    if self.regions.is_present(region) {
                        booking += self.regions.unbooked(region);
                    } else {
                        reading += self.regions.unread(region);
                        missing += 1;
                    }
                }
            });
            if missing > 0 {
                if self.status[task as usize] != Status::Called {
                    let wanted = self.promised + price + booking + reading;
                    if !front && !self.regions.could_make_room(&self.ledger, wanted, task) {
                        return Admission::NoRoom;
                    }
                    self.promised += price;
                }
                self.park(task, missing);
                return Admission::Parked;
            }
            price += booking;
        }
        if !front && !self.regions.make_room(&self.job.pool, &mut self.ledger, price, task) {
            return Admission::NoRoom;
        }
        Admission::Started(self.start(task))
    }

    /// Parks a task until the regions that it misses are there.
    fn park(&mut self, task: u32, missing: u32) {
        self.job.each_piece(task, |piece| {
            if let Piece::Region(region) = piece
                && !self.regions.is_present(region)
            {
                self.regions.demand(region, task);
            }
        });
        self.missing[task as usize] = missing;
        self.status[task as usize] = Status::Parked;
        self.parked += 1;
    }

    fn start(&mut self, task: u32) -> Vec<Arc<Block>> {
        let price = self.prices[task as usize];
        let front = task == self.ledger.front();
        if self.status[task as usize] == Status::Called {
            self.promised -= price;
        }
        self.status[task as usize] = Status::Running;
        self.running += 1;
        self.ledger.start(task, price);
        self.job.pool.lease(price);
        let mut pieces = Vec::with_capacity(self.job.task(task).inputs.len());
        self.job.each_piece(task, |piece| {
            pieces.extend(match piece {
                Piece::Block(block) => {
                    let at = block as usize;
                    self.unclaimed[at] -= 1;
                    if self.unclaimed[at] == 0 { self.slots[at].take() } else { self.slots[at].clone() }
                }
                Piece::Region(region) => {
                    let started = |user: u32| matches!(self.status[user as usize], Status::Running | Status::Done);
                    self.regions.take(&mut self.ledger, region, !front, started)
                }
            });
        });
        if self.reads_files() {
            self.foresee(task);
        }
        pieces
    }

    /// Asks in advance for regions: those of tasks that wait only for this one, then those next in the serial order.
    fn foresee(&mut self, task: u32) {
        let job = self.job;
        for output in job.graph.task_outputs(job.task(task)) {
            if job.graph.arrays[output.array as usize].kind != ArrayKind::Temporary {
                continue;
            }
            let block = job.links.block(output.array, output.block) as usize;
            let readers = self.readers_at[block] as usize..self.readers_at[block + 1] as usize;
            if let Some(&reader) = self.readers[readers].first()
                && self.missing[reader as usize] == 1
            {
                self.foresee_inputs(reader);
            }
        }
        let end = self.status.len() as u32;
        for _ in 0..1024 {
            if self.foreseen >= end || !self.regions.wants_more() {
                break;
            }
            self.foresee_inputs(self.foreseen);
            self.foreseen += 1;
        }
    }

    fn foresee_inputs(&mut self, task: u32) {
        let job = self.job;
        if self.status[task as usize] != Status::Waiting {
            return;
        }
        job.each_piece(task, |piece| {
            if let Piece::Region(region) = piece {
                let made = job.region_maker(region).is_none_or(|maker| self.status[maker as usize] == Status::Done);
                if made {
                    self.regions.foresee(region, task);
                }
            }
        });
    }

    /// A region was read.
    pub fn end_read(&mut self, region: u32, block: Block) {
        self.refused = false;
        for task in self.regions.end_read(&self.job.pool, &mut self.ledger, region, block) {
            let missing = &mut self.missing[task as usize];
            *missing -= 1;
            if *missing == 0 {
                self.status[task as usize] = Status::Called;
                self.parked -= 1;
                self.ready.push(task);
            }
        }
    }

    /// A task ended and made these blocks. Returns blocks whose memory is free.
    pub fn finish(&mut self, task: u32, made: Made) -> SmallVec<[Arc<Block>; 2]> {
        let job = self.job;
        self.refused = false;
        let mut freed = SmallVec::new();
        let reused = job.reused(task);
        let mut kept = 0;
        let mut inherited = false;
        for (block, data) in made {
            let at = block as usize;
            if self.unread[at] == 0 {
                freed.push(data);
            } else if let Some(from) = reused {
                self.ledger.inherit(block, from);
                inherited = true;
                self.slots[at] = Some(data);
            } else {
                self.ledger.own(block, task);
                kept += job.links.bytes[at];
                self.slots[at] = Some(data);
            }
            for reader in self.readers_at[at]..self.readers_at[at + 1] {
                let reader = self.readers[reader as usize];
                let missing = &mut self.missing[reader as usize];
                *missing -= 1;
                if *missing == 0 {
                    self.ready.push(reader);
                }
            }
        }
        self.ledger.finish(task, kept);
        job.pool.release(self.prices[task as usize] - kept);
        job.each_piece(task, |piece| {
            if let Piece::Block(block) = piece {
                let at = block as usize;
                self.unread[at] -= 1;
                if self.unread[at] == 0 && !(inherited && reused == Some(block)) {
                    self.ledger.free(block, job.links.bytes[at]);
                    job.pool.release(job.links.bytes[at]);
                }
            }
        });
        self.status[task as usize] = Status::Done;
        self.running -= 1;
        self.done += 1;
        self.last = task;
        self.ledger.advance(|task| self.status[task as usize] == Status::Done);
        if self.reads_files() {
            job.each_piece(task, |piece| {
                if let Piece::Region(region) = piece {
                    freed.extend(self.regions.put_back(&job.pool, &mut self.ledger, region));
                }
            });
        }
        freed
    }

    /// Whether all memory but that of the results was given back.
    pub fn is_clean(&self) -> bool {
        self.ledger.ahead() == 0
            && self.job.pool.leased() == self.job.profile.collected
            && self.slots.iter().all(Option::is_none)
    }
}

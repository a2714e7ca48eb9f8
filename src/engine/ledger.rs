//! Admission: which tasks may start, so that the budget holds and the run cannot get stuck.
//!
//! Let *front* be the first unfinished task of the serial order, and S the most bytes the serial run needs from there
//! on. Blocks made before the front and still wanted, together with what the front itself needs, are at most S. Let E
//! be the bytes of everything ahead of the front: outputs and scratch of running tasks, outputs of finished ones that
//! still live, and regions read in advance. Then S + E bounds what is in use. The front may always start; anything else
//! only while S + E stays within the budget. S never grows, and when the front moves on, what was ahead of it leaves E
//! and is part of S. So the bound holds at all times, and as the front can always run, the run ends.
//!
//! A task that makes its output in the memory of an input adds nothing: the output takes over the charge of the input,
//! and with it the place in the order where that charge leaves E.

/// The books of one run. Tasks are numbered in the serial order.
#[derive(Debug)]
pub struct Ledger<'a> {
    budget: u64,
    /// S by front.
    suffix: &'a [u64],
    front: u32,
    /// E.
    ahead: u64,
    /// By task: its part of E.
    charge: Vec<u64>,
    /// By block: the task in whose charge it is.
    owner: Vec<u32>,
}

impl<'a> Ledger<'a> {
    /// `suffix` is that of the profile: one entry a task, one for the end.
    pub fn new(budget: u64, suffix: &'a [u64], blocks: usize) -> Ledger<'a> {
        let tasks = suffix.len() - 1;
        Ledger { budget, suffix, front: 0, ahead: 0, charge: vec![0; tasks], owner: vec![0; blocks] }
    }

    /// The first unfinished task.
    pub fn front(&self) -> u32 {
        self.front
    }

    /// Bytes that may still be added ahead of the front.
    pub fn room(&self) -> u64 {
        self.budget.saturating_sub(self.suffix[self.front as usize] + self.ahead)
    }

    /// A task starts that needs this many bytes.
    pub fn start(&mut self, task: u32, price: u64) {
        if task != self.front {
            self.charge[task as usize] = price;
            self.ahead += price;
        }
    }

    /// A task ends; `kept` bytes of its outputs live on in memory of their own.
    pub fn finish(&mut self, task: u32, kept: u64) {
        if task != self.front {
            let charge = &mut self.charge[task as usize];
            self.ahead = self.ahead - *charge + kept;
            *charge = kept;
        }
    }

    /// A block lives in memory its task was charged for.
    pub fn own(&mut self, block: u32, task: u32) {
        self.owner[block as usize] = task;
    }

    /// A block lives in the memory of another.
    pub fn inherit(&mut self, block: u32, from: u32) {
        self.owner[block as usize] = self.owner[from as usize];
    }

    /// The memory of a block is free.
    pub fn free(&mut self, block: u32, bytes: u64) {
        let owner = self.owner[block as usize];
        if owner > self.front {
            self.charge[owner as usize] -= bytes;
            self.ahead -= bytes;
        }
    }

    /// Moves the front over finished tasks.
    pub fn advance(&mut self, finished: impl Fn(u32) -> bool) {
        while (self.front as usize) < self.charge.len() {
            self.ahead -= std::mem::take(&mut self.charge[self.front as usize]);
            if !finished(self.front) {
                return;
            }
            self.front += 1;
        }
    }

    /// Adds bytes ahead of the front that belong to no task (a region read in advance).
    pub fn add(&mut self, bytes: u64) {
        self.ahead += bytes;
    }

    /// Takes such bytes back.
    pub fn subtract(&mut self, bytes: u64) {
        self.ahead -= bytes;
    }

    /// E, in bytes.
    pub fn ahead(&self) -> u64 {
        self.ahead
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ahead_of_the_front_leaves_the_books_when_the_front_passes() {
        let mut ledger = Ledger::new(100, &[40, 40, 30, 0], 3);
        ledger.start(0, 1000);
        assert_eq!((ledger.room(), ledger.ahead()), (60, 0), "the front is part of S");
        ledger.start(2, 25);
        assert_eq!(ledger.room(), 35);
        ledger.finish(2, 10);
        ledger.own(2, 2);
        assert_eq!(ledger.ahead(), 10);
        ledger.finish(0, 5);
        ledger.advance(|task| task != 1);
        assert_eq!((ledger.front(), ledger.ahead()), (1, 10));
        ledger.finish(1, 0);
        ledger.advance(|_| true);
        assert_eq!((ledger.front(), ledger.ahead(), ledger.room()), (3, 0, 100));
        ledger.free(2, 10);
        assert_eq!(ledger.ahead(), 0, "its charge went with its task");
    }

    #[test]
    fn an_update_in_place_hands_its_charge_on() {
        let mut ledger = Ledger::new(100, &[40; 5], 2);
        ledger.start(1, 20);
        ledger.finish(1, 20);
        ledger.own(0, 1);
        ledger.start(3, 0);
        ledger.inherit(1, 0);
        ledger.finish(3, 0);
        assert_eq!(ledger.ahead(), 20);
        ledger.free(1, 20);
        assert_eq!(ledger.ahead(), 0);
    }
}

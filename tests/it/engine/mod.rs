//! Engines against each other: random graphs of small blocks, run serially and by any number of threads, inside any
//! budget, give the same bits, keep to their budget, and end; faults and interrupts end a run and say where.

mod graphs;

use arr::array::{Block, DType, Grid, Region, ScalarFn, Shape};
use arr::diag::{Diagnostic, Result};
use arr::engine::{Bindings, Config, Engine, Observer, Parallel, Report, Serial};
use arr::plan::{Plan, TaskGraph};
use arr::store::Sink;
use graphs::{Builder, Dice, FakeSink, FakeSource, OnRead};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

struct Quiet;
impl Observer for Quiet {}

/// What a run gave: its report, and what it saved.
#[derive(Debug)]
struct Outcome {
    report: Report,
    saved: Vec<Block>,
}

impl Outcome {
    fn bits(&self) -> Vec<Vec<u64>> {
        let blocks = self.report.results.iter().map(|block| &**block).chain(&self.saved);
        blocks.map(|block| (0..block.len()).map(|i| block.data().get_f64(i).to_bits()).collect()).collect()
    }
}

fn plan(builder: &Builder) -> Plan {
    Plan::new(builder.graph.clone()).unwrap()
}

fn config(memory: u64, threads: usize) -> Config {
    Config { memory, threads, temp_dir: std::env::temp_dir() }
}

/// Runs on a thread of its own, so that a run that hangs fails the test.
fn run(engine: &'static dyn Engine, builder: &Builder, memory: u64, threads: usize) -> Result<Outcome> {
    let (bindings, sinks) = builder.bind();
    let report = bounded(engine, &builder.graph, bindings, &config(memory, threads), Arc::default())?;
    let saved = sinks.iter().map(|sink| sink.whole.lock().unwrap().clone()).collect();
    Ok(Outcome { report, saved })
}

fn bounded(
    engine: &'static dyn Engine,
    graph: &TaskGraph,
    bindings: Bindings,
    config: &Config,
    stop: Arc<AtomicBool>,
) -> Result<Report> {
    let (send, receive) = mpsc::channel();
    let (plan, config) = (Plan::new(graph.clone())?, config.clone());
    std::thread::spawn(move || {
        let _ = send.send(engine.execute(&plan, &bindings, &config, &Quiet, &stop));
    });
    receive.recv_timeout(Duration::from_secs(60)).expect("the run hangs")
}

static SERIAL: Serial = Serial;
static PARALLEL: Parallel = Parallel::new();

/// Bytes of the distinct regions of stored arrays.
fn distinct_bytes(graph: &TaskGraph) -> u64 {
    let links = arr::plan::Links::new(graph);
    links.regions.iter().map(|&input| (graph.inputs[input as usize].region.size() * 8) as u64).sum()
}

#[test]
fn any_threads_and_any_budget_give_the_bits_of_the_serial_run() {
    for seed in 0..150 {
        let mut dice = Dice(seed);
        let builder = Builder::random(&mut dice);
        let peak = plan(&builder).profile.peak;
        let expected = run(&SERIAL, &builder, peak, 1).unwrap();
        assert!(expected.report.peak_bytes <= peak, "seed {seed}: serial peak {}", expected.report.peak_bytes);
        for threads in [1, 2, 7] {
            for memory in [peak, peak + peak / 5, peak * 3, u64::MAX / 4] {
                let got = run(&PARALLEL, &builder, memory, threads).unwrap();
                assert_eq!(got.bits(), expected.bits(), "seed {seed}, {threads} threads, {memory} bytes");
                assert!(got.report.peak_bytes <= memory, "seed {seed}, {threads} threads, {memory} bytes: too much");
                assert_eq!(got.report.tasks, builder.graph.tasks.len() as u64);
                assert_eq!(got.report.bytes_spilled, 0);
                if memory > peak * 3 {
                    assert_eq!(got.report.bytes_read, distinct_bytes(&builder.graph), "seed {seed}: read twice");
                }
            }
        }
    }
}

#[test]
fn what_does_not_fit_is_spilled_or_refused() {
    let (mut spilled, mut refused) = (0, 0);
    for seed in 0..150 {
        let mut dice = Dice(seed);
        let builder = Builder::random(&mut dice);
        let peak = plan(&builder).profile.peak;
        let expected = run(&SERIAL, &builder, peak, 1).unwrap().bits();
        for memory in [peak - 1, peak / 4 * 3, peak / 2, peak / 3] {
            for (engine, threads) in [(&SERIAL as &'static dyn Engine, 1), (&PARALLEL, 1), (&PARALLEL, 3)] {
                match run(engine, &builder, memory, threads) {
                    Ok(got) => {
                        assert_eq!(got.bits(), expected, "seed {seed}, {threads} threads, {memory} of {peak} bytes");
                        assert!(got.report.peak_bytes <= memory, "seed {seed}: {memory} of {peak} bytes: too much");
                        spilled += (got.report.bytes_spilled > 0) as u32;
                    }
                    Err(fault) => {
                        assert!(fault.message.starts_with("out of memory: this needs"), "{fault}");
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(spilled > 100 && refused > 100, "{spilled} spilled, {refused} refused");
}

fn with_source(builder: &Builder, on_read: OnRead) -> Bindings {
    let (mut bindings, _) = builder.bind();
    bindings.stored[0] = Arc::new(FakeSource::new(builder.stored[0].clone(), on_read));
    bindings
}

/// Reads a column in pieces, adds one to each and saves them.
fn column(pieces: usize) -> Builder {
    let mut builder = Builder::default();
    let from = builder.stored_column(10 * pieces);
    builder.save(from, &[10, 1]);
    builder
}

#[test]
fn a_fault_while_reading_ends_the_run_at_the_place_of_the_array() {
    let builder = column(1000);
    for engine in [&SERIAL as &'static dyn Engine, &PARALLEL] {
        let reads = AtomicU64::new(0);
        let bindings = with_source(
            &builder,
            Box::new(move || match reads.fetch_add(1, Relaxed) {
                500 => Err(Diagnostic::new("chunk 7 is broken")),
                _ => Ok(()),
            }),
        );
        let fault = bounded(engine, &builder.graph, bindings, &config(1 << 20, 2), Arc::default()).unwrap_err();
        assert_eq!(fault.message, "chunk 7 is broken");
        assert_eq!(fault.labels[0].span, builder.graph.arrays[0].span);
    }
}

#[test]
fn a_panic_and_a_block_of_the_wrong_shape_are_faults_at_the_array_that_was_made() {
    let mut builder = Builder::default();
    let from = builder.stored_column(10);
    let to = builder.temporary(Grid::single(Shape::matrix(10, 2)));
    let shift = builder.shift(1.0);
    builder.task(shift, vec![graphs::input(from, &[0, 0], &[10, 1])], to, 0);
    for engine in [&SERIAL as &'static dyn Engine, &PARALLEL] {
        let (bindings, _) = builder.bind();
        let fault = bounded(engine, &builder.graph, bindings, &config(1 << 20, 2), Arc::default()).unwrap_err();
        assert!(fault.message.starts_with("internal error: a block of temporary came out as 10x1"), "{fault}");
        assert_eq!(fault.labels[0].span, builder.graph.arrays[to as usize].span);
        let bindings = with_source(&builder, Box::new(|| panic!("a defect")));
        let fault = bounded(engine, &builder.graph, bindings, &config(1 << 20, 2), Arc::default()).unwrap_err();
        assert_eq!(fault.message, "internal error: a defect");
    }
}

#[test]
fn an_unbound_array_and_a_block_read_before_it_is_made_are_refused() {
    let builder = column(3);
    let fault = SERIAL
        .execute(&plan(&builder), &Bindings::default(), &config(1 << 20, 1), &Quiet, &AtomicBool::new(false))
        .unwrap_err();
    assert!(fault.message.ends_with("is bound to nothing"), "{fault}");
    let mut builder = Builder::default();
    let (from, middle) = (builder.stored_column(4), builder.temporary(Grid::single(Shape::matrix(4, 1))));
    builder.collect(middle, &[4, 1]);
    let shift = builder.shift(1.0);
    builder.blockwise(shift, &[from], middle);
    let fault = run(&PARALLEL, &builder, 1 << 20, 2).unwrap_err();
    assert!(fault.message.contains("before it is made"), "{fault}");
}

#[test]
fn the_stop_flag_ends_a_run_while_reads_and_tasks_are_under_way() {
    let builder = column(100_000);
    for engine in [&SERIAL as &'static dyn Engine, &PARALLEL] {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stop);
        let reads = AtomicU64::new(0);
        let on_read = Box::new(move || {
            if reads.fetch_add(1, Relaxed) == 20 {
                asked.store(true, Relaxed);
            }
            std::thread::sleep(Duration::from_millis(5));
            Ok(())
        });
        let since = Instant::now();
        let bindings = with_source(&builder, on_read);
        let fault = bounded(engine, &builder.graph, bindings, &config(1 << 20, 2), stop).unwrap_err();
        assert!(
            fault.interrupt && since.elapsed() < Duration::from_secs(30),
            "100,000 reads of 5 ms were not waited for"
        );
    }
}

/// A sink that takes the first block only when a second region was read.
struct Patient {
    sink: FakeSink,
    reads: Arc<AtomicU64>,
}

impl Sink for Patient {
    fn grid(&self) -> &Grid {
        self.sink.grid()
    }
    fn dtype(&self) -> DType {
        self.sink.dtype()
    }
    fn write(&self, region: &Region, block: &Block) -> Result<()> {
        let since = Instant::now();
        while self.reads.load(Relaxed) < 2 {
            if since.elapsed() > Duration::from_secs(20) {
                return Err(Diagnostic::new("nothing is read while a task runs"));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        self.sink.write(region, block)
    }
    fn publish(&self) -> Result<()> {
        Ok(())
    }
    fn written(&self) -> u64 {
        self.sink.written()
    }
}

#[test]
fn reads_overlap_a_running_task_even_with_one_thread() {
    let builder = column(10);
    let reads = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&reads);
    let on_read = Box::new(move || {
        counted.fetch_add(1, Relaxed);
        Ok(())
    });
    let mut bindings = with_source(&builder, on_read);
    bindings.sinks = vec![Arc::new(Patient { sink: FakeSink::new(Grid::new(Shape::matrix(100, 1), &[10, 1])), reads })];
    let report = bounded(&PARALLEL, &builder.graph, bindings, &config(1 << 20, 1), Arc::default()).unwrap();
    assert_eq!((report.reads, report.bytes_read, report.bytes_written), (10, 800, 800));
}

#[test]
fn a_chain_of_updates_needs_one_block_and_not_two() {
    let mut builder = Builder::default();
    let mut dice = Dice(1);
    let (a, b) = (builder.stored_matrix(&mut dice, 8, 80), builder.stored_matrix(&mut dice, 80, 8));
    let c = builder.product(a, b, &[8, 8], 8);
    builder.collect(c, &[8, 8]);
    let (block, reading) = (8 * 8 * 8, 2 * 8 * 8 * graphs::READ_SCRATCH);
    let profile = plan(&builder).profile;
    assert_eq!(
        profile.peak,
        5 * block + reading,
        "the result, the sum, two panels, and the zeros the chain starts from"
    );
    assert_eq!(profile.suffix[1], 4 * block + reading, "the result, the sum and two panels");
    assert_eq!(profile.suffix.last(), Some(&block));
    let got = run(&PARALLEL, &builder, profile.peak, 2).unwrap();
    assert!(got.report.peak_bytes <= profile.peak && got.report.bytes_spilled == 0);
}

#[test]
fn a_region_that_many_tasks_read_is_read_once_where_it_fits_and_again_where_not() {
    let mut builder = Builder::default();
    let from = builder.stored_column(1000);
    let parts = builder.temporary(Grid::new(Shape::matrix(1000, 20), &[1000, 1]));
    let add = builder.map(ScalarFn::Add);
    for column in 0..20 {
        let whole = graphs::input(from, &[0, 0], &[1000, 1]);
        builder.task(add, vec![whole.clone(), whole], parts, column);
    }
    let total = builder.total(parts);
    builder.collect(total, &[1, 1]);
    let peak = plan(&builder).profile.peak;
    let serial = run(&SERIAL, &builder, peak, 1).unwrap();
    assert_eq!(serial.report.reads, 40, "the reference keeps nothing");
    let roomy = run(&PARALLEL, &builder, 100 * peak, 2).unwrap();
    assert_eq!((roomy.report.reads, roomy.report.bytes_read), (1, 8000));
    let tight = run(&PARALLEL, &builder, peak, 2).unwrap();
    assert!(tight.report.reads >= 1 && tight.report.peak_bytes <= peak);
    assert_eq!((tight.bits(), roomy.bits()), (serial.bits(), serial.bits()));
}

#[test]
fn what_is_spilled_leaves_no_file_behind() {
    let directory = tempfile::tempdir().unwrap();
    let mut builder = Builder::default();
    let from = builder.stored_column(1000);
    let middle = builder.temporary(Grid::new(Shape::matrix(1000, 1), &[100, 1]));
    let shift = builder.shift(1.0);
    builder.blockwise(shift, &[from], middle);
    builder.save(middle, &[100, 1]);
    let (bindings, sinks) = builder.bind();
    let config = Config { temp_dir: directory.path().into(), ..config(3500, 2) };
    let report = bounded(&PARALLEL, &builder.graph, bindings, &config, Arc::default()).unwrap();
    assert!(report.bytes_spilled > 0 && report.peak_bytes <= 3500);
    assert_eq!(sinks[0].whole.lock().unwrap().data().get_f64(999), 1002.0);
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
    let nowhere = Config { temp_dir: directory.path().join("missing"), ..config };
    let (bindings, _) = builder.bind();
    let fault = bounded(&PARALLEL, &builder.graph, bindings, &nowhere, Arc::default()).unwrap_err();
    assert!(fault.message.starts_with("cannot make a temporary file in"), "{fault}");
}

use std::io::Read;
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let mode = std::env::args().nth(1).unwrap_or_default();
    let each = std::env::args().nth(2).is_some();
    let items: Vec<String> = if each { text.lines().map(|l| l.replace("\\n", "\n")).collect() } else { vec![text] };
    for text in items {
        if each {
            println!("=== {}", text.replace('\n', "\\n"));
        }
        if mode == "tokens" {
            print!("{}", arr::syntax::dump::dump_tokens(&text));
            continue;
        }
        let p = arr::syntax::parse(&text, 0, &|_| false);
        if mode != "quiet" {
            print!("{}", arr::syntax::dump::dump(&p.program));
        }
        let mut sources = arr::diag::Sources::default();
        sources.add("input.m", &*text);
        for e in p.errors.iter().chain(&p.warnings) {
            print!("{}", arr::diag::render::render(e, &sources, false));
        }
        println!("errors {} incomplete {}", p.errors.len(), p.incomplete);
    }
}

//! Texts to try: corpus programs with pieces exchanged, programs made up of builtins, operators and awkward values,
//! and for the front of the language anything that looks like code. Text `n` of a seed is always the same.

use arr::builtin::FAMILIES;
use arr::syntax::lexer::lex;
use arr::syntax::parse;
use std::fs;
use std::path::Path;

/// A sequence of numbers that a seed determines (splitmix64).
pub struct Rng(u64);

impl Rng {
    /// The sequence for text `number` of a seed.
    pub fn new(seed: u64, number: u64) -> Rng {
        let mut rng = Rng(seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// The programs of the repository, and the pieces they are made of.
pub struct Corpus {
    texts: Vec<String>,
    statements: Vec<String>,
    /// Names, numbers, strings and balanced brackets.
    operands: Vec<String>,
}

impl Corpus {
    pub fn read() -> Corpus {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        for folder in ["tests/cases/parse", "tests/cases/run", "tests/cases/error", "examples", "benches/language"] {
            for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
                files.push(entry.path());
            }
        }
        files.retain(|file| file.extension().is_some_and(|extension| extension == "arr"));
        files.sort();
        let texts: Vec<String> = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
        let mut statements = Vec::new();
        let mut operands = Vec::new();
        for text in &texts {
            for statement in parse(text, 0, &|_| false).program.body {
                statements
                    .extend(text.get(statement.span.start as usize..statement.span.end as usize).map(str::to_owned));
            }
            operands.extend(operand_ranges(text).into_iter().map(|(start, end)| text[start..end].to_owned()));
        }
        operands.sort();
        operands.dedup();
        Corpus { texts, statements, operands }
    }

    /// A program for the evaluator.
    pub fn program(&self, rng: &mut Rng) -> String {
        match rng.below(3) {
            0 => self.mutated(rng),
            _ => made_up(rng),
        }
    }

    /// A text for the lexer and the parser.
    pub fn text(&self, rng: &mut Rng) -> String {
        let mut text = match rng.below(4) {
            0 => soup(rng),
            1 => made_up(rng),
            _ => self.mutated(rng),
        };
        for _ in 0..rng.below(6) {
            damage(rng, &mut text);
        }
        text
    }

    /// A program of the corpus with some of its pieces exchanged.
    fn mutated(&self, rng: &mut Rng) -> String {
        let mut text = self.texts[rng.below(self.texts.len())].clone();
        for _ in 0..1 + rng.below(8) {
            let lines: Vec<&str> = text.split('\n').collect();
            text = match rng.below(5) {
                0 => {
                    let mut lines = lines.clone();
                    lines.remove(rng.below(lines.len()));
                    lines.join("\n")
                }
                1 => {
                    let mut lines = lines.clone();
                    let statement = &self.statements[rng.below(self.statements.len())];
                    lines.insert(rng.below(lines.len() + 1), statement);
                    lines.join("\n")
                }
                2 => {
                    let mut lines = lines.clone();
                    let (a, b) = (rng.below(lines.len()), rng.below(lines.len()));
                    lines.swap(a, b);
                    lines.join("\n")
                }
                _ => self.exchanged(rng, &text),
            };
        }
        text
    }

    /// One operand replaced by another.
    fn exchanged(&self, rng: &mut Rng, text: &str) -> String {
        let ranges = operand_ranges(text);
        if ranges.is_empty() {
            return text.to_owned();
        }
        let (start, end) = ranges[rng.below(ranges.len())];
        let new = match rng.below(3) {
            0 => self.operands[rng.below(self.operands.len())].clone(),
            1 => rng.pick(VALUES).to_owned(),
            _ => expression(rng, 2),
        };
        format!("{}{new}{}", &text[..start], &text[end..])
    }
}

/// The bytes of operands: single tokens that are values, and what stands in balanced brackets.
fn operand_ranges(text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut open = Vec::new();
    for token in lex(text, 0, &|_| false).tokens {
        let (start, end) = (token.start, token.end);
        match text.get(start..end).unwrap_or("") {
            "(" | "[" | "{" => open.push(start),
            ")" | "]" | "}" => {
                if let Some(start) = open.pop() {
                    ranges.push((start, end));
                }
            }
            word if word.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '"' | '\'' | '_'))
                && arr::syntax::token::Keyword::from_word(word).is_none()
                && word != "'" =>
            {
                ranges.push((start, end));
            }
            _ => {}
        }
    }
    ranges.retain(|&(start, end)| text.get(start..end).is_some());
    ranges
}

/// Values at which things go wrong.
pub const VALUES: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "-1",
    "-2",
    "0.5",
    "-0",
    "1e-320",
    "1e308",
    "-1e308",
    "1e10",
    "2^31",
    "2^53",
    "2^63",
    "-2^63",
    "2^64",
    "Inf",
    "-Inf",
    "NaN",
    "NA",
    "eps",
    "pi",
    "i",
    "1+2i",
    "-Inf*i",
    "complex (0, 0)",
    "complex (NaN, Inf)",
    "single (1.5)",
    "single (NaN)",
    "single (2+3i)",
    "true",
    "false",
    "[]",
    "''",
    "\"\"",
    "{}",
    "zeros (0, 3)",
    "zeros (3, 0)",
    "zeros (1, 0)",
    "zeros (2, 0, 3)",
    "ones (2, 3)",
    "ones (2, 2, 2)",
    "ones (1, 1, 3)",
    "eye (3)",
    "eye (2, 3)",
    "[1 2 3]",
    "[1; 2; 3]",
    "[3 1 2; 9 NaN 7]",
    "[1 2; 3 4]",
    "[1 NaN Inf]",
    "[0 -0]",
    "magic (4)",
    "1:3",
    "3:-1:1",
    "1:0",
    "0:0.1:1",
    "(1:4)'",
    "-1:1",
    "[1+i 2; 3 4-i]",
    "[true false true]",
    "[true; false]",
    "false (0, 0)",
    "int8 (127)",
    "int8 (-128)",
    "int8 ([1 -2; 3 4])",
    "uint8 (255)",
    "uint8 ([0 1 255])",
    "int16 (-7)",
    "uint16 (9)",
    "int32 (2147483647)",
    "intmin (\"int32\")",
    "uint32 ([1 2 3])",
    "intmax (\"int64\")",
    "intmin (\"int64\")",
    "intmax (\"uint64\")",
    "int64 ([1 2; 3 4])",
    "uint64 (0)",
    "single ([1 2; 3 4])",
    "single (zeros (0, 2))",
    "'a'",
    "'abc'",
    "\"abc\"",
    "['ab'; 'cd']",
    "char (zeros (0, 3))",
    "char ([0 200 255])",
    "\"%d %s\\n\"",
    "'%5.3g'",
    "'%'",
    "'%*d'",
    "'a,b;c'",
    "'(a)(b)?'",
    "'[a-z]+'",
    "' x '",
    "'2000-01-31 10:20:30'",
    "'all'",
    "'rows'",
    "'last'",
    "'UniformOutput'",
    "'int8'",
    "'double'",
    "'descend'",
    "'linear'",
    "'same'",
    "{1, 'a'; [], {2}}",
    "{'b', 'a', 'b'}",
    "{[1 2], [3 4]}",
    "{1; 2}",
    "cell (2, 2)",
    "cell (0, 3)",
    "struct ()",
    "struct ('a', 1, 'b', 'x')",
    "struct ('a', {1, 2, 3})",
    "struct ('a', {})",
    "@sin",
    "@(x) x + 1",
    "@(x, y) x + y",
    "@() 1",
    "@(varargin) numel (varargin)",
    "@(x) error ('id:x', 'no')",
    "@isempty",
    "'cos'",
    "@plus",
    "containers.Map ()",
    "containers.Map ({'a', 'b'}, [1 2])",
    "containers.Map ('KeyType', 'double', 'ValueType', 'any')",
    ":",
    "x",
    "y",
    "z",
    "x'",
    "x(:)",
    "rand (3)",
    "hilb (4)",
    "[4 1; 1 3]",
    "sqrt (-1)",
    "1e5",
    "100",
    "17",
    "64",
    "65",
    "[1e300 1e300]",
    "repmat ('ab', 2, 2)",
    "{@sin, @cos}",
    "[2 2]",
    "[3 3 3]",
    "[-1 2]",
    "[1.5 2.5]",
    "1e-300",
];

pub const BINARY: &[&str] = &[
    "+", "-", "*", "/", "\\", "^", ".*", "./", ".\\", ".^", "==", "!=", "<", "<=", ">", ">=", "&", "|", "&&", "||",
    ":", ",",
];

/// These keep a program waiting, or leave the folder it runs in.
const NOT_CALLED: &[&str] = &["pause", "unlink", "rmdir", "exit", "quit", "mkdir", "save", "source", "run"];

pub fn builtin(rng: &mut Rng) -> (&'static str, (usize, usize), usize) {
    loop {
        let (_, table) = FAMILIES[rng.below(FAMILIES.len())];
        if table.is_empty() {
            continue;
        }
        let row = &table[rng.below(table.len())];
        if !NOT_CALLED.contains(&row.name) {
            return (row.name, row.args, row.outs);
        }
    }
}

fn arguments(rng: &mut Rng, (least, most): (usize, usize), depth: usize) -> String {
    let count = least + rng.below(most.min(least + 4) - least + 1);
    (0..count).map(|_| expression(rng, depth)).collect::<Vec<_>>().join(", ")
}

fn expression(rng: &mut Rng, depth: usize) -> String {
    if depth == 0 || rng.chance(4) {
        return rng.pick(VALUES).to_owned();
    }
    let inner = depth - 1;
    match rng.below(16) {
        0..=6 => {
            let (name, args, _) = builtin(rng);
            format!("{name} ({})", arguments(rng, args, inner))
        }
        7..=9 => format!("({}) {} ({})", expression(rng, inner), rng.pick(BINARY), expression(rng, inner)),
        10 => format!("{}({})", rng.pick(&["-", "!", "+"]), expression(rng, inner)),
        11 => format!("({}){}", expression(rng, inner), rng.pick(&["'", ".'"])),
        12 => format!("({})({})", expression(rng, inner), arguments(rng, (0, 3), inner)),
        13 => format!("({}){{{}}}", expression(rng, inner), arguments(rng, (1, 2), inner)),
        14 => {
            let separator = rng.pick(&[", ", "; "]);
            let (open, close) = if rng.chance(3) { ("{", "}") } else { ("[", "]") };
            let items: Vec<String> = (0..rng.below(4)).map(|_| expression(rng, inner)).collect();
            format!("{open}{}{close}", items.join(separator))
        }
        _ => format!("{}.{}", rng.pick(&["x", "y", "z"]), rng.pick(&["a", "b", "c"])),
    }
}

fn target(rng: &mut Rng) -> String {
    let name = rng.pick(&["x", "y", "z"]);
    match rng.below(8) {
        0..=3 => name.to_owned(),
        4 => format!("{name}({})", arguments(rng, (1, 3), 1)),
        5 => format!("{name}{{{}}}", arguments(rng, (1, 2), 1)),
        6 => format!("{name}.{}", rng.pick(&["a", "b"])),
        _ => format!("{name}(end+1).a{{{}}}", arguments(rng, (1, 1), 0)),
    }
}

fn statement(rng: &mut Rng) -> String {
    let end = if rng.chance(3) { "" } else { ";" };
    match rng.below(14) {
        0..=4 => format!("{} = {}{end}", target(rng), expression(rng, 3)),
        5 => format!("{} = []{end}", target(rng)),
        6 => format!("{} {}= {}{end}", target(rng), rng.pick(&["+", "-", "*", "/", "^", "|", "&"]), expression(rng, 1)),
        7..=8 => {
            let (name, args, outs) = builtin(rng);
            let targets: Vec<String> = (0..1 + rng.below(outs.clamp(1, 4))).map(|_| target(rng)).collect();
            format!("[{}] = {name} ({}){end}", targets.join(", "), arguments(rng, args, 2))
        }
        9 => format!(
            "printf ({}, {})",
            rng.pick(&["'%d\\n'", "\"%s|%g\\n\"", "'%x %5.2f %c'", "'%i%%'"]),
            expression(rng, 2)
        ),
        10 => format!("for k = {}, x = k; end", expression(rng, 2)),
        11 => format!("if {}, y = 1{end} end", expression(rng, 2)),
        12 => format!("switch {}, case {}, z = 2; end", expression(rng, 1), expression(rng, 1)),
        _ => format!("{}{end}", expression(rng, 3)),
    }
}

/// Statements that go on after one another's errors.
fn made_up(rng: &mut Rng) -> String {
    let mut text = String::from("x = [1 2; 3 4]; y = 'text'; z = {1, 'b'};\n");
    if rng.chance(4) {
        text.push_str("x = rechunk (magic (6), [4 4]);\n");
    }
    for _ in 0..1 + rng.below(20) {
        text.push_str(&format!("try, {}\ncatch problem, disp (problem.message), end\n", statement(rng)));
    }
    text
}

/// Pieces that mean much next to each other.
const SOUP: &[&str] = &[
    "x",
    "f",
    "1",
    "2.5",
    "'",
    "\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    "\n",
    " ",
    "...",
    "...\n",
    "%{\n",
    "\n%}\n",
    "% c\n",
    "=",
    "==",
    "+",
    "-",
    "++",
    "--",
    "!",
    "~",
    "&&",
    "|",
    ":",
    ".",
    ".'",
    ".*",
    "^",
    "@",
    "@(",
    "\\",
    "\\\n",
    "if ",
    "else ",
    "elseif ",
    "end",
    "end\n",
    "endif ",
    "for ",
    "while ",
    "do ",
    "until ",
    "switch ",
    "case ",
    "otherwise ",
    "function ",
    "endfunction\n",
    "try ",
    "catch ",
    "unwind_protect ",
    "unwind_protect_cleanup ",
    "global ",
    "break ",
    "return ",
    "0x",
    "1e",
    "é",
    "\u{feff}",
    "\r",
    "\t",
    "\0",
    "arguments\n",
    "classdef ",
    "spmd\n",
    "#",
    "#{\n",
    "1i",
    "0b1",
    "end_try_catch\n",
    "\u{2028}",
    "\u{1F600}",
    "+=",
    "**",
    "hold on\n",
    "x'",
    "persistent ",
    "parfor ",
    "\x0b",
];

fn soup(rng: &mut Rng) -> String {
    let mut text = String::new();
    for _ in 0..rng.below(80) {
        let piece = rng.pick(SOUP);
        // Now and then a piece stands so often that it meets a bound of depth.
        let times = if rng.chance(40) { 1 + rng.below(3000) } else { 1 };
        text.push_str(&piece.repeat(times));
    }
    text
}

/// Characters removed, doubled, exchanged, or put in.
fn damage(rng: &mut Rng, text: &mut String) {
    let place = |rng: &mut Rng, text: &str| {
        let at = rng.below(text.len() + 1);
        (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
    };
    let (a, b) = (place(rng, text), place(rng, text));
    let (a, b) = (a.min(b), a.max(b).min(a.min(b) + 40));
    let b = (b..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    match rng.below(4) {
        0 => text.replace_range(a..b, ""),
        1 => {
            let part = text[a..b].to_owned();
            text.insert_str(a, &part);
        }
        2 => text.truncate(a),
        _ => text.insert_str(a, rng.pick(SOUP)),
    }
}

/// Whether a program might touch files outside the folder it runs in.
pub fn leaves_its_folder(text: &str) -> bool {
    const FILES: &[&str] = &["unlink", "rmdir", "mkdir", "save", "delete"];
    let names = |text: &str, word: &str| text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|w| w == word);
    FILES.iter().any(|word| names(text, word)) && (text.contains("\"/") || text.contains("'/") || text.contains(".."))
}

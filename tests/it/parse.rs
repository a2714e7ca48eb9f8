//! The front of the language, seen from outside.

use arr::diag::Sources;
use arr::diag::render::render;
use arr::syntax::ast::*;
use arr::syntax::dump::{dump, dump_tokens};
use arr::syntax::print::print_expr;
use arr::syntax::{Parsed, parse};
use proptest::prelude::*;

fn parsed(text: &str) -> Parsed {
    parse(text, 0, &|_| false)
}

fn messages(text: &str) -> Vec<String> {
    parsed(text).errors.iter().map(|fault| fault.message.clone()).collect()
}

/// Each file of `tests/cases/parse`: its tree, then its diagnostics.
#[test]
fn cases() {
    insta::with_settings!({ snapshot_path => "../cases/parse/snapshots", prepend_module_to_snapshot => false }, {
        insta::glob!("../cases/parse", "*.arr", |path| {
            let text = std::fs::read_to_string(path).expect("a case can be read");
            let found = parsed(&text);
            let mut sources = Sources::default();
            sources.add(path.file_name().expect("a case has a name").to_string_lossy(), text);
            let mut shown = dump(&found.program);
            for fault in found.errors.iter().chain(&found.warnings) {
                shown.push('\n');
                shown.push_str(&render(fault, &sources, false));
            }
            insta::assert_snapshot!("tree", shown);
        });
    });
}

#[test]
fn tokens_of_a_line() {
    insta::assert_snapshot!(dump_tokens("x = [a' -b']; % done\n"), @r#"
    0..1    Name("x")
    2..3    Assign
    4..5    LBracket
    5..6    Name("a")
    6..7    CTranspose
    8..8    Comma
    8..9    Minus
    9..10   Name("b")
   10..11   CTranspose
   11..12   RBracket
   12..13   Sep(Semicolon)
   20..21   Sep(Newline)
   21..21   Sep(Newline)
    "#);
}

/// How Octave 7 shows these handles.
#[test]
fn handles_are_shown_as_octave_shows_them() {
    for (typed, shown) in [
        ("@(x) (x+1)*2", "@(x) (x + 1) * 2"),
        ("@(x) ((x))", "@(x) ((x))"),
        ("@() [1,2;3 4]", "@() [1, 2; 3, 4]"),
        ("@(x) x(1,:)", "@(x) x (1, :)"),
        ("@(x) x.a.(x)", "@(x) x.a.(x)"),
        ("@(x) !x&&-x'", "@(x) !x && -x'"),
        ("@(x,varargin) {x,varargin{:}}", "@(x, varargin) {x, varargin{:}}"),
        ("@() \"a\\n\"", "@() \"a\\n\""),
        ("@() 1e10+0.1+1e-5+pi+3i", "@() 1e10 + 0.1 + 1e-5 + pi + 3i"),
        ("@() 1:2:3", "@() 1:2:3"),
        ("@() @(x) x", "@() @(x)x"),
        ("@() @sin", "@() @sin"),
        ("@(~,x) x", "@(~, x) x"),
        ("@() x.^2.'", "@() x .^ 2.'"),
        ("@() ~x~=3", "@() !x != 3"),
        ("@() x{:}", "@() x {:}"),
        ("@() x||y|z&w", "@() x || y | z & w"),
        ("@()a.b(1).c{2}", "@() a.b (1).c {2}"),
        ("@(x=3) x", "@(x = 3) x"),
        ("@() -2^2", "@() -2 ^ 2"),
        ("@() \"a\"\"b'c\"", "@() \"a\\\"b'c\""),
        ("@() \"\\t\\\\\\x41\"", "@() \"\\t\\\\A\""),
        ("@() 2.50i + .5", "@() 2.50i + .5"),
        ("@(a) cellfun(@(x) x+a, {1,2})", "@(a) cellfun (@(x)x + a, {1, 2})"),
        ("@() (1:3)(2)", "@() (1:3) (2)"),
        ("@() {[x(1), 2]}", "@() {[x(1), 2]}"),
    ] {
        let found = parsed(typed);
        let [Stmt { kind: StmtKind::Expr(Expr { kind: ExprKind::Anonymous(function), .. }), .. }] =
            &found.program.body[..]
        else {
            panic!("{typed}: {found:?}")
        };
        assert_eq!(&*function.text, shown);
    }
}

/// What Octave 7 accepts and rejects, where one might doubt it.
#[test]
fn octave_agrees() {
    for text in [
        "[1,;2]",
        "[;1]",
        "[,1]",
        "{1,2,}",
        "1;;2",
        "a=1,;b=2",
        "if 1 end",
        "while (0) end",
        "switch 3 end",
        "(a)=3",
        "try error('x'); end",
        "a(1\n)",
        "(1 +\n 2)",
        "s.end=3",
        "[a b]=deal(1,2)",
        "[!,i]=max([3 9])",
        "@ sin",
        "b ==b",
        "a=3==3",
        "a = b = 3",
        "1..^2",
        "1__0",
        "\"a\\q\"",
        "b''",
        "global g2 g3=4 g5; g3",
        "x=1:3; x(end)++",
        "!!b",
        "(@(x)x)(3)",
        "'abc'(2)",
        "{1}{1}",
        "for x.a=1:2;end,x",
        "c{:}(1)",
        "s_. x",
        "b ... x\n +1",
        "b \\\n+1",
    ] {
        assert_eq!(messages(text), [""; 0], "{text}");
    }
    for text in [
        "[1,,2]",
        "(1,2)",
        "1e",
        "0x",
        "1.2.3",
        "1a",
        "a.1",
        "b<>2",
        "1 = 2",
        "a(1,)",
        "a(,1)",
        "b ? 1",
        "-a=3",
        "!a=3",
        "1:2:3:4",
        "1 + @(x) x",
        "a+b=3",
        "a'=3",
        "{a}=3",
        "\"a\"=3",
        "@a=3",
        "a==b=3",
        "[a,b]+=3",
        "[a;b]=f(1)",
        "end",
        "1)",
        "]",
        "a = 'abc",
        "break",
        "x = 3 4",
        "else",
        "if 1\n3\nendwhile",
        "until=3",
        "a = end",
        "if = 3",
        "f=@() a=3",
        "f=@(x) x++",
        "for 3",
        "for i, end",
        "do, x=1; until 1 disp(3)",
        "function f1(x) end end",
        "x=1;x{",
        "{@(x) x @(y) y}",
        "[b++b]",
        "zz ! b",
    ] {
        assert!(!parsed(text).errors.is_empty(), "{text}");
    }
}

#[test]
fn text_that_may_go_on_is_told_from_text_that_is_wrong() {
    for text in [
        "if x",
        "if x\n y",
        "for i=1:3",
        "x = (1",
        "x = [1, 2\n",
        "f(1, ...\n",
        "x = 1 + ...",
        "%{\nabc",
        "function f",
        "while 1\n if x\n end",
        "do\n x",
        "c = {1\n2",
        "try\n x\ncatch e",
    ] {
        assert!(parsed(text).incomplete, "{text}");
    }
    for text in ["x = 3", "if x = = 3", "x = 'abc", "end", "1)", "x =", "[1, 'a\n", "if x, )", "function f\nend", "a'"]
    {
        assert!(!parsed(text).incomplete, "{text}");
    }
}

#[test]
fn variables_are_no_commands() {
    let kind = |text: &str, known: &str| {
        let found = parse(text, 0, &|name| name == known);
        matches!(found.program.body.last().map(|stmt| &stmt.kind), Some(StmtKind::Command { .. }))
    };
    assert!(kind("a -1", ""));
    assert!(!kind("a -1", "a"));
    for text in ["a = 1; a -1", "[x, a] = f; a -1", "for a = 1:3, end, a -1", "a(3).b = 1; a -1", "global a; a -1"] {
        assert!(!kind(text, ""), "{text}");
    }
    for text in ["x.a = 1; a -1", "b(a) = 1; a -1", "a == 1; a -1"] {
        assert!(kind(text, ""), "{text}");
    }
}

#[test]
fn separators_silence_the_statement_before_them() {
    let found = parsed("a;b,c\nd;,e ;\nif x, y; end;");
    let quiet: Vec<bool> = found.program.body.iter().map(|stmt| stmt.quiet).collect();
    assert_eq!(quiet, [true, false, false, true, true, true]);
}

/// Depth ends in a message, whatever it is made of.
#[test]
fn depth_is_bounded() {
    let many = |unit: &str, times: usize| unit.repeat(times);
    for text in [
        many("(", 10_000),
        many("(", 10_000) + "1" + &many(")", 10_000),
        many("[", 10_000),
        many("{", 10_000) + &many("}", 10_000),
        many("f(", 10_000),
        many("x{", 10_000),
        many("-", 100_000) + "1",
        many("!", 100_000) + "1",
        many("- ", 100_000) + "1",
        many("++", 50_000) + "x",
        "1".to_string() + &many("+1", 100_000),
        "1".to_string() + &many("^1", 100_000),
        "1".to_string() + &many("^-1", 100_000),
        "x".to_string() + &many("'", 100_000),
        "x".to_string() + &many("(1)", 100_000),
        "x".to_string() + &many(".a", 100_000),
        "x".to_string() + &many("++", 100_000),
        many("a=", 100_000) + "1",
        many("@()", 100_000) + "1",
        many("if x\n", 10_000),
        many("if x\n", 10_000) + &many("end\n", 10_000),
        many("do\n", 10_000),
        many("try\n", 10_000),
        many("function f\n", 10_000) + "end",
        many("2^(", 200) + "1" + &many("+1", 990) + &many(")", 200),
    ] {
        let found = parsed(&text);
        assert!(!found.errors.is_empty(), "{}", &text[..20]);
        assert!(found.errors.len() <= 100, "{}: {}", &text[..20], found.errors.len());
    }
    // Long is not deep.
    for text in [
        format!("[{}]", many("-1 ", 20_000)),
        format!("{{{}}}", many("@(x) x, ", 5_000)),
        many("x = -1;", 20_000),
        "x = 1".to_string() + &many(" + 1", 990),
        many("a(1) = b{2}(3);\n", 10_000),
        "x = @() ".to_string() + &many("-1 + ", 990) + "1",
    ] {
        let found = parsed(&text);
        assert_eq!(found.errors, [], "{}", &text[..20]);
        assert!(!dump(&found.program).is_empty());
    }
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
];

fn soup() -> impl Strategy<Value = String> {
    // Now and then a piece stands so often that it meets a bound of depth.
    let times = prop_oneof![30 => Just(1usize), 1 => Just(300)];
    let pieces = (proptest::sample::select(SOUP), times).prop_map(|(piece, times)| piece.repeat(times));
    proptest::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// Whatever the text, there is an answer, every span lies in the text, and every fault can be shown.
fn survives(text: &str) -> Result<(), TestCaseError> {
    let found = parsed(text);
    let mut sources = Sources::default();
    sources.add("soup", text);
    prop_assert!(dump(&found.program).is_empty() == found.program.body.is_empty());
    for fault in found.errors.iter().chain(&found.warnings) {
        let label = fault.labels.first().expect("a syntax error has a place");
        prop_assert!(label.span.start <= label.span.end && label.span.end as usize <= text.len());
        prop_assert!(render(fault, &sources, false).contains(&fault.message));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2 * ProptestConfig::default().cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_survived(text in "\\PC*") {
        survives(&text)?;
    }

    #[test]
    fn any_soup_is_survived(text in soup()) {
        survives(&text)?;
    }

    #[test]
    fn what_is_printed_reads_back(expr in expression()) {
        let text = print_expr(&expr);
        let found = parse(&text, 0, &|_| true);
        let faults: Vec<&String> = found.errors.iter().map(|fault| &fault.message).collect();
        prop_assert!(faults.is_empty(), "{text}: {faults:?}");
        let [Stmt { kind: StmtKind::Expr(back), .. }] = &found.program.body[..] else {
            return Err(TestCaseError::fail(format!("{text}: {:?}", found.program)));
        };
        prop_assert_eq!(bare(back), bare(&expr), "{}", text);
    }
}

/// The shape of a tree without parentheses and spans.
fn bare(expr: &Expr) -> String {
    let shown =
        dump(&Program { body: vec![Stmt { kind: StmtKind::Expr(expr.clone()), quiet: false, span: expr.span }] });
    let mut out = String::new();
    // A pair of parentheses indents what it holds by one step; undo that.
    let mut open: Vec<usize> = Vec::new();
    for line in shown.lines() {
        let indent = (line.len() - line.trim_start().len()) / 2;
        while open.last().is_some_and(|&at| indent <= at) {
            open.pop();
        }
        if line.trim() == "parentheses" {
            open.push(indent);
        } else {
            out.push_str(&"  ".repeat(indent - open.len()));
            out.push_str(line.trim());
            out.push('\n');
        }
    }
    out
}

fn made(kind: ExprKind) -> Expr {
    Expr { kind, span: Default::default() }
}

fn name() -> impl Strategy<Value = Name> {
    proptest::sample::select(vec!["x", "y", "foo", "a_1"]).prop_map(Name::from)
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        (0.0..1e18f64).prop_map(ExprKind::Number),
        (0u32..100).prop_map(|n| ExprKind::Number(n.into())),
        (0.0..10f64).prop_map(ExprKind::Imaginary),
        (any::<u8>(), any::<bool>()).prop_map(|(n, signed)| ExprKind::Integer { bits: n.into(), width: 8, signed }),
        ("[ -~\n\t\0]{0,6}", any::<bool>()).prop_map(|(text, double)| ExprKind::Str {
            text: if double { text } else { text.replace('\n', "") },
            double
        }),
        name().prop_map(ExprKind::Name),
        name().prop_map(ExprKind::Handle),
    ]
    .prop_map(made)
}

fn binary_op() -> impl Strategy<Value = BinaryOp> {
    use BinaryOp::*;
    proptest::sample::select(vec![
        Add, Sub, Mul, Div, LeftDiv, Pow, ElMul, ElDiv, ElLeftDiv, ElPow, Lt, Le, Eq, Ne, Ge, Gt, And, Or,
    ])
}

fn expression() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(5, 40, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let args = || {
            let arg = prop_oneof![4 => inner.clone(), 1 => Just(made(ExprKind::Colon)), 1 => Just(made(ExprKind::End))];
            proptest::collection::vec(arg, 0..3)
        };
        let rows = || proptest::collection::vec(proptest::collection::vec(inner.clone(), 1..4), 0..3);
        prop_oneof![
            boxed().prop_map(ExprKind::Paren),
            (boxed(), args()).prop_map(|(base, args)| ExprKind::Index { base, args }),
            (boxed(), args()).prop_map(|(base, args)| ExprKind::Brace { base, args }),
            (boxed(), name()).prop_map(|(base, name)| ExprKind::Field { base, name }),
            (boxed(), boxed()).prop_map(|(base, name)| ExprKind::DynField { base, name }),
            (proptest::sample::select(vec![UnaryOp::Plus, UnaryOp::Minus, UnaryOp::Not]), boxed())
                .prop_map(|(op, operand)| ExprKind::Unary { op, operand }),
            (proptest::sample::select(vec![PostfixOp::CTranspose, PostfixOp::Transpose]), boxed())
                .prop_map(|(op, operand)| ExprKind::Postfix { op, operand }),
            (binary_op(), boxed(), boxed()).prop_map(|(op, left, right)| ExprKind::Binary { op, left, right }),
            (any::<bool>(), boxed(), boxed()).prop_map(|(and, left, right)| ExprKind::ShortCircuit {
                and,
                left,
                right
            }),
            (boxed(), proptest::option::of(boxed()), boxed()).prop_map(|(start, step, stop)| ExprKind::Range {
                start,
                step,
                stop
            }),
            rows().prop_map(ExprKind::Matrix),
            rows().prop_map(ExprKind::Cell),
            (proptest::collection::vec(name(), 0..2), inner.clone()).prop_map(|(mut names, body)| {
                names.dedup();
                let params = names.into_iter().map(|name| Param { name: Some(name), default: None, span: body.span });
                let span = body.span;
                ExprKind::Anonymous(Anonymous { params: params.collect(), body, text: "".into(), span }.into())
            }),
        ]
        .prop_map(made)
    })
}

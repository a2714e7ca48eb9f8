//! Makes the parser's tables from `grammar/`.

fn main() {
    println!("cargo::rerun-if-changed=grammar");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    lalrpop::Configuration::new()
        .set_in_dir("grammar")
        .set_out_dir(out)
        .process()
        .unwrap_or_else(|error| panic!("grammar/arr.lalrpop: {error}"));
}

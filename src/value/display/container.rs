//! Cells, structs and maps: what holds other values, each a step further in.

use super::printer::Printer;
use crate::array::Shape;
use crate::value::{Cell, Map, Object, Struct, Value};
use std::io;

/// Columns that one level of nesting indents.
const STEP: usize = 2;

impl Printer<'_> {
    /// The braces of a cell array that is a matrix and not empty.
    pub fn cell(&mut self, cell: &Cell) -> io::Result<()> {
        self.line("{")?;
        self.indent += STEP;
        let rows = cell.shape().rows();
        for (at, value) in cell.values.iter().enumerate() {
            self.named(&format!("[{},{}]", at % rows + 1, at / rows + 1), value)?;
        }
        self.indent -= STEP;
        self.line("}")
    }

    /// A struct under its name: what it is, then its fields.
    pub fn structure(&mut self, s: &Struct) -> io::Result<()> {
        self.indent += STEP;
        if s.shape().is_scalar() {
            self.line("scalar structure containing the fields:")?;
            self.blank()?;
            self.fields(s)?;
        } else {
            self.field_names(s)?;
        }
        self.indent -= STEP;
        Ok(())
    }

    /// The fields of a 1x1 struct; below the last level shown, only what each is.
    pub fn fields(&mut self, s: &Struct) -> io::Result<()> {
        self.indent += STEP;
        self.struct_levels -= 1;
        for (name, column) in s.iter() {
            if self.struct_levels < 0 {
                let shape = match &column[0] {
                    Value::Map(_) | Value::Object(_) => Shape::scalar(),
                    value => value.shape(),
                };
                self.line(&format!("{name}: {shape} {}", kind(&column[0])))?;
            } else {
                self.named(name, &column[0])?;
            }
        }
        self.struct_levels += 1;
        self.indent -= STEP;
        Ok(())
    }

    /// The size and the field names of a struct array.
    pub fn field_names(&mut self, s: &Struct) -> io::Result<()> {
        self.line(&format!("{} struct array containing the fields:", s.shape()))?;
        self.blank()?;
        self.indent += STEP;
        for name in s.names() {
            self.line(name)?;
        }
        self.indent -= STEP;
        Ok(())
    }

    /// A map where it stands alone.
    pub fn map(&mut self, map: &Map) -> io::Result<()> {
        let body = map.0.borrow();
        self.line("  containers.Map object with properties:")?;
        self.blank()?;
        self.line(&format!("    Count     : {}", body.entries.len()))?;
        self.line(&format!("    KeyType   : {}", body.key_type))?;
        self.line(&format!("    ValueType : {}", body.value_type))?;
        self.blank()
    }

    /// A map inside another value, where Octave shows what it is made of.
    pub fn map_inside(&mut self, map: &Map) -> io::Result<()> {
        let body = map.0.borrow();
        self.indent += STEP;
        self.line("containers.Map object with properties:")?;
        self.blank()?;
        let numeric = if body.key_type == "char" { "0" } else { "1" };
        let properties = [
            ("Count", "[1x1 uint64]"),
            ("KeyType", &body.key_type),
            ("ValueType", &body.value_type),
            ("map", "[1x1 struct]"),
            ("numeric_keys", numeric),
        ];
        for (name, value) in properties {
            self.line(&format!("{name:>16}: {value}"))?;
        }
        self.indent -= STEP;
        Ok(())
    }
}

impl Printer<'_> {
    /// An object inside another value: its properties.
    pub fn object(&mut self, object: &Object) -> io::Result<()> {
        self.indent += STEP;
        self.line(&format!("{} object with properties:", object.0.name()))?;
        self.blank()?;
        let properties = object.0.properties();
        let widest = properties.iter().map(|(name, _)| name.len()).max().unwrap_or(0) + 2 * STEP;
        for (name, value) in properties {
            let shown = match (&value, value.to_text()) {
                (_, Some(text)) => text,
                (Value::Bool(x), _) => u8::from(*x).to_string(),
                (Value::Num(x), _) => x.to_string(),
                _ => format!("[{} {}]", value.shape(), value.class()),
            };
            self.line(&format!("{name:>widest$}: {shown}"))?;
        }
        self.indent -= STEP;
        Ok(())
    }
}

/// The kind of a field below the last level, which here tells apart what messages do not.
fn kind(value: &Value) -> String {
    match value {
        Value::Char(_, crate::value::Quote::Single) => "sq_string".to_owned(),
        Value::Range(_) => "double_range".to_owned(),
        other => other.type_name().into_owned(),
    }
}

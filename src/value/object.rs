//! Objects of the classes that the library has, such as `inputParser`: handles with properties and methods.
//!
//! A value knows of them only what every class offers; what a class is stands in the library.

use super::Value;
use crate::diag::Result;
use std::any::Any;
use std::fmt::Debug;
use std::rc::Rc;

/// What every class offers.
pub trait Class: Debug {
    /// What `class (x)` says.
    fn name(&self) -> &'static str;
    /// The properties that anyone may read, in order.
    fn properties(&self) -> Vec<(&'static str, Value)>;
    /// `x.name = value`.
    ///
    /// # Errors
    /// There is no such property, it cannot be set, or not to this value.
    fn set(&self, name: &str, value: Value) -> Result<()>;
    /// Functions that can be called as `x.name (...)`; the object is their first argument.
    fn methods(&self) -> &'static [&'static str];
    /// What `disp (x)` prints.
    fn text(&self) -> String;
    /// The class itself, for its methods.
    fn as_any(&self) -> &dyn Any;
}

/// A handle; clones share the object. The box keeps it as small as any other handle.
#[derive(Debug, Clone)]
pub struct Object(pub Rc<Box<dyn Class>>);

impl Object {
    pub fn new(object: impl Class + 'static) -> Object {
        Object(Rc::new(Box::new(object)))
    }

    /// `x.name`, if there is such a property.
    pub fn get(&self, name: &str) -> Option<Value> {
        self.0.properties().into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Whether `x.name (...)` calls a method.
    pub fn has_method(&self, name: &str) -> bool {
        self.0.methods().contains(&name)
    }

    /// Whether both are the same object.
    pub fn is(&self, other: &Object) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

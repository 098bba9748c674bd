//! Describes a type that contains itself.

use dockwright_guests::*;

struct Misdescribed;

impl Behaviour for Misdescribed {
    fn describe() -> Result<ModuleDef, Failure> {
        let mut def = minimal();
        def.types = vec![TypeDef::List(1), TypeDef::Optional(0)];
        def.objects[0].functions = vec![function("f", 0)];
        Ok(def)
    }

    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        Ok("null".into())
    }
}

export!(Misdescribed);

//! Between the types of `wit/0.1.0` and the host's own. Everything that comes from a guest is checked: it may be anything.

use crate::bindings::dockwright::module::definitions as wit;
use crate::bindings::exports::dockwright::module::functions as exports;
use crate::language::ModuleSource;
use dockwright_schema::module_def::{
    Annotations, ArgumentDef, EnumDef, EnumMemberDef, FieldDef, FunctionDef, InterfaceDef, ModuleDef, ObjectDef,
    SourceLocation, TypeRef,
};
use dockwright_schema::{Failure, FunctionCall};

/// Lists and optionals in each other; the API's own types have three.
const MAX_NESTING: usize = 32;

/// What is wrong with a module's description of itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConvertError {
    /// An index that is not in the table of types.
    #[error("{place} has type number {index}, but there are only {count} types")]
    TypeIndex {
        /// What has the type.
        place: String,
        /// The index.
        index: u32,
        /// Length of the table.
        count: usize,
    },
    /// A type that contains itself.
    #[error("the type of {place} contains itself")]
    Cycle {
        /// What has the type.
        place: String,
    },
    /// Lists in lists without end.
    #[error("the type of {place} is nested more than {MAX_NESTING} levels deep")]
    Nesting {
        /// What has the type.
        place: String,
    },
    /// Text that should be JSON is not.
    #[error("{what} of {place} is not JSON: {message}")]
    Json {
        /// What it belongs to.
        place: String,
        /// Which property.
        what: String,
        /// What is wrong.
        message: String,
    },
}

type Converted<T> = Result<T, ConvertError>;

/// What the module offers.
pub(crate) fn module_def(def: wit::ModuleDef, source: &ModuleSource) -> Converted<ModuleDef> {
    let cx = Context {
        types: &def.types,
        source,
    };
    let collect_objects = def
        .objects
        .into_iter()
        .map(|object| cx.object(object))
        .collect::<Converted<_>>()?;
    Ok(ModuleDef {
        description: def.description,
        main_object: def.main_object,
        objects: collect_objects,
        enums: def
            .enums
            .into_iter()
            .map(|def| cx.enumeration(def))
            .collect::<Converted<_>>()?,
        interfaces: def
            .interfaces
            .into_iter()
            .map(|def| cx.interface(def))
            .collect::<Converted<_>>()?,
        annotations: annotations(def.annotations, "the module")?,
    })
}

/// A failure that the module tells of, with places as the user knows them.
pub(crate) fn failure(failure: exports::Failure, source: &ModuleSource) -> Failure {
    let extensions = failure
        .extensions
        .into_iter()
        .map(|exports::Annotation { name, value }| {
            let value = serde_json::from_str(&value).unwrap_or(serde_json::Value::String(value));
            (name, value)
        });
    let mut failure = Failure {
        kind: failure.kind,
        message: failure.message,
        location: failure.location.map(|at| SourceLocation {
            file: at.file,
            line: at.line,
            column: at.column,
        }),
        trace: failure.trace,
        extensions: extensions.collect(),
    };
    source.localize(&mut failure);
    failure
}

/// A call, for the module.
pub(crate) fn function_call(call: FunctionCall) -> exports::FunctionCall {
    let arguments = call.arguments.into_iter().map(|(name, value)| exports::Argument {
        name,
        value: value.to_string(),
    });
    exports::FunctionCall {
        parent_type: call.parent_type,
        parent: call.parent.to_string(),
        name: call.name,
        arguments: arguments.collect(),
    }
}

/// What a list or an optional makes of its inner type.
type Wrap = fn(Box<TypeRef>) -> TypeRef;

struct Context<'a> {
    types: &'a [wit::TypeDef],
    source: &'a ModuleSource,
}

impl Context<'_> {
    fn object(&self, def: wit::ObjectDef) -> Converted<ObjectDef> {
        let place = format!("object `{}`", def.name);
        Ok(ObjectDef {
            fields: def
                .fields
                .into_iter()
                .map(|field| self.field(field, &def.name))
                .collect::<Converted<_>>()?,
            functions: self.functions(def.functions, &def.name)?,
            constructor: def
                .constructor
                .map(|function| self.function(function, &def.name))
                .transpose()?,
            location: self.location(def.location),
            annotations: annotations(def.annotations, &place)?,
            name: def.name,
            description: def.description,
        })
    }

    fn field(&self, def: wit::FieldDef, object: &str) -> Converted<FieldDef> {
        let place = format!("field `{object}.{}`", def.name);
        Ok(FieldDef {
            r#type: self.type_ref(def.type_, &place)?,
            location: self.location(def.location),
            annotations: annotations(def.annotations, &place)?,
            name: def.name,
            original_name: def.original_name,
            description: def.description,
        })
    }

    fn functions(&self, defs: Vec<wit::FunctionDef>, owner: &str) -> Converted<Vec<FunctionDef>> {
        defs.into_iter()
            .map(|function| self.function(function, owner))
            .collect()
    }

    fn function(&self, def: wit::FunctionDef, owner: &str) -> Converted<FunctionDef> {
        let name = if def.name.is_empty() {
            format!("{owner}()")
        } else {
            format!("{owner}.{}", def.name)
        };
        Ok(FunctionDef {
            returns: self.type_ref(def.returns, &format!("the result of `{name}`"))?,
            arguments: def
                .arguments
                .into_iter()
                .map(|argument| self.argument(argument, &name))
                .collect::<Converted<_>>()?,
            location: self.location(def.location),
            annotations: annotations(def.annotations, &format!("function `{name}`"))?,
            name: def.name,
            description: def.description,
        })
    }

    fn argument(&self, def: wit::ArgumentDef, function: &str) -> Converted<ArgumentDef> {
        let place = format!("argument `{}` of `{function}`", def.name);
        Ok(ArgumentDef {
            r#type: self.type_ref(def.type_, &place)?,
            default_value: def
                .default_value
                .map(|text| json(&text, "the default value", &place))
                .transpose()?,
            annotations: annotations(def.annotations, &place)?,
            name: def.name,
            description: def.description,
        })
    }

    fn enumeration(&self, def: wit::EnumDef) -> Converted<EnumDef> {
        let members = def.members.into_iter().map(|member| {
            Ok(EnumMemberDef {
                annotations: annotations(
                    member.annotations,
                    &format!("enum member `{}.{}`", def.name, member.name),
                )?,
                name: member.name,
                value: member.value,
                description: member.description,
            })
        });
        Ok(EnumDef {
            members: members.collect::<Converted<_>>()?,
            location: self.location(def.location),
            annotations: annotations(def.annotations, &format!("enum `{}`", def.name))?,
            name: def.name,
            description: def.description,
        })
    }

    fn interface(&self, def: wit::InterfaceDef) -> Converted<InterfaceDef> {
        Ok(InterfaceDef {
            functions: self.functions(def.functions, &def.name)?,
            location: self.location(def.location),
            annotations: annotations(def.annotations, &format!("interface `{}`", def.name))?,
            name: def.name,
            description: def.description,
        })
    }

    /// Follows the table from an index. Every type has at most one inner type, so the way is a chain.
    fn type_ref(&self, index: u32, place: &str) -> Converted<TypeRef> {
        let mut wrappers: Vec<(u32, Wrap)> = Vec::new();
        let mut index = index;
        let mut found = loop {
            if wrappers.iter().any(|(seen, _)| *seen == index) {
                return Err(ConvertError::Cycle {
                    place: place.to_owned(),
                });
            }
            if wrappers.len() > MAX_NESTING {
                return Err(ConvertError::Nesting {
                    place: place.to_owned(),
                });
            }
            let def = usize::try_from(index).ok().and_then(|index| self.types.get(index));
            match def {
                None => {
                    let (place, count) = (place.to_owned(), self.types.len());
                    return Err(ConvertError::TypeIndex { place, index, count });
                }
                Some(wit::TypeDef::List(inner)) => {
                    wrappers.push((index, TypeRef::List));
                    index = *inner;
                }
                Some(wit::TypeDef::Optional(inner)) => {
                    wrappers.push((index, TypeRef::Optional));
                    index = *inner;
                }
                Some(wit::TypeDef::String) => break TypeRef::String,
                Some(wit::TypeDef::Integer) => break TypeRef::Integer,
                Some(wit::TypeDef::Float) => break TypeRef::Float,
                Some(wit::TypeDef::Boolean) => break TypeRef::Boolean,
                Some(wit::TypeDef::Void) => break TypeRef::Void,
                Some(wit::TypeDef::Scalar(name)) => break TypeRef::Scalar(name.clone()),
                Some(wit::TypeDef::Object(name)) => break TypeRef::Object(name.clone()),
                Some(wit::TypeDef::Interface(name)) => break TypeRef::Interface(name.clone()),
                Some(wit::TypeDef::Enum(name)) => break TypeRef::Enum(name.clone()),
                Some(wit::TypeDef::Input(name)) => break TypeRef::Input(name.clone()),
            }
        };
        for (_, wrap) in wrappers.into_iter().rev() {
            found = wrap(Box::new(found));
        }
        Ok(found)
    }

    fn location(&self, at: Option<wit::SourceLocation>) -> Option<SourceLocation> {
        at.map(|at| SourceLocation {
            file: self.source.relative_path(&at.file).to_owned(),
            line: at.line,
            column: at.column,
        })
    }
}

fn annotations(list: Vec<wit::Annotation>, place: &str) -> Converted<Annotations> {
    let named = list.into_iter().map(|wit::Annotation { name, value }| {
        let value = json(&value, &format!("annotation `{name}`"), place)?;
        Ok((name, value))
    });
    Ok(Annotations(named.collect::<Converted<_>>()?))
}

fn json(text: &str, what: &str, place: &str) -> Converted<serde_json::Value> {
    serde_json::from_str(text).map_err(|error| ConvertError::Json {
        place: place.to_owned(),
        what: what.to_owned(),
        message: error.to_string(),
    })
}

#[cfg(test)]
mod tests;

//! Puts the core types and the types of modules into one table, under their API names, and checks that they fit together.

use crate::core_types;
use crate::graph_type::{GraphArgument, GraphField, GraphType, GraphTypeKind, GraphTypeRef, Origin, Text};
use crate::notes::Notes;
use crate::satisfy::satisfied;
use crate::visible_module::VisibleModule;
use crate::{merge_core, merge_module};
use indexmap::IndexMap;
use std::sync::LazyLock;

/// The merged table. What every module sees alike is there once for the whole process.
#[derive(Clone, Debug)]
pub struct Merged {
    core: &'static Types,
    /// Types of modules, and core types that modules add to.
    added: Types,
}

/// Types by API name.
type Types = IndexMap<Text, GraphType>;

static CORE: LazyLock<Types> = LazyLock::new(|| {
    let mut types: Types = core_types::TYPES
        .iter()
        .map(|core| (Text::from(core.name), merge_core::convert(core)))
        .collect();
    merge_core::add_built_in_scalars(&mut types);
    let names: Vec<Text> = types
        .values()
        .filter(|t| matches!(t.kind, GraphTypeKind::Object { .. }) && t.name != "Query")
        .map(|t| t.name.clone())
        .collect();
    let loaders: Vec<GraphField> = names
        .iter()
        .map(|name| {
            let (scalar, field) = loader(name);
            types.insert(scalar.name.clone(), scalar);
            field
        })
        .collect();
    if let Some(fields) = types.get_mut("Query").and_then(GraphType::fields_mut) {
        fields.extend(loaders.into_iter().map(|field| (field.name.clone(), field)));
    }
    types
});

/// The types of a module do not fit.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// The object that callers start from is missing.
    #[error("module `{module}` has no object type `{object}`; it has: {found}")]
    NoMainObject {
        /// The module's name.
        module: String,
        /// The name looked for.
        object: String,
        /// Names that there are, or `none`.
        found: String,
    },
    /// A signature names a type that nobody defines.
    #[error(
        "`{place}` of module `{module}` uses type `{name}`, which is neither in the core API nor defined by the module"
    )]
    UnknownType {
        /// The module's name.
        module: String,
        /// `Object.function` or `Object.field`.
        place: String,
        /// The type's name.
        name: String,
    },
    /// A signature names a type of another module.
    #[error(
        "`{place}` of module `{module}` uses `{name}`, which is a type of the module `{owner}`: a module cannot accept or return types of another one; declare an interface with the functions that you need of it"
    )]
    ForeignType {
        /// The module's name.
        module: String,
        /// `Object.function` or `Object.field`.
        place: String,
        /// The type's name.
        name: String,
        /// The module that defines it.
        owner: String,
    },
    /// Two types have the same API name.
    #[error("type `{name}` of module `{module}` has the name of a type that exists already; rename it")]
    TypeTaken {
        /// The module's name.
        module: String,
        /// The API name.
        name: String,
    },
    /// Two functions or fields of a type have the same API name, or the name is reserved.
    #[error("`{object}.{field}` of module `{module}` is defined twice or has a reserved name; rename it")]
    FieldTaken {
        /// The module's name.
        module: String,
        /// The object.
        object: String,
        /// The field.
        field: String,
    },
    /// `Query` has a field of the module's name already.
    #[error(
        "`{module}` is already the name of a core function or of another module here; give it another name in dagger.json"
    )]
    ModuleTaken {
        /// The module's name.
        module: String,
    },
}

impl Merged {
    /// The core types alone.
    pub fn core() -> Merged {
        Merged {
            core: &CORE,
            added: Types::new(),
        }
    }

    /// Core types and those of the modules. An object that satisfies an interface, of whichever of the modules, can be seen as it.
    pub fn new(modules: &[VisibleModule]) -> Result<Merged, MergeError> {
        let mut merged = Merged::core();
        for module in modules {
            merge_module::add(&mut merged, module)?;
        }
        for (object, interface) in satisfied(modules) {
            merge_module::add_conversion(&mut merged, &object, interface);
        }
        Ok(merged)
    }

    /// The same, where the module's main object leads to those of its toolchains too. All of them are among the modules here.
    pub fn offering(mut self, module: &VisibleModule, toolchains: &[VisibleModule]) -> Result<Merged, MergeError> {
        for toolchain in toolchains {
            merge_module::offer(&mut self, module, toolchain)?;
        }
        Ok(self)
    }

    /// The type of that API name.
    pub fn get(&self, name: &str) -> Option<&GraphType> {
        self.added.get(name).or_else(|| self.core.get(name))
    }

    /// All types: core first, then the modules' in their order.
    pub fn types(&self) -> impl Iterator<Item = &GraphType> {
        let core = self
            .core
            .iter()
            .map(|(name, each)| self.added.get(name).unwrap_or(each));
        let added = self.added.iter().filter(|(name, _)| !self.core.contains_key(*name));
        core.chain(added.map(|(_, each)| each))
    }

    pub(crate) fn add(&mut self, added: GraphType) {
        self.added.insert(added.name.clone(), added);
    }

    /// Fields of the type, to be added to.
    pub(crate) fn fields_mut(&mut self, name: &str) -> Option<&mut IndexMap<Text, GraphField>> {
        if !self.added.contains_key(name) {
            let (name, found) = self.core.get_key_value(name)?;
            self.added.insert(name.clone(), found.clone());
        }
        self.added.get_mut(name).and_then(GraphType::fields_mut)
    }

    /// Adds the loader of a type.
    pub(crate) fn add_loader(&mut self, name: &str) {
        let (scalar, field) = loader(name);
        self.add(scalar);
        if let Some(fields) = self.fields_mut("Query") {
            fields.insert(field.name.clone(), field);
        }
    }
}

/// The scalar `XID` and `Query.loadXFromID`, which clients before 0.21 use.
fn loader(name: &str) -> (GraphType, GraphField) {
    let scalar = format!("{name}ID");
    let field = GraphField {
        name: format!("load{name}FromID").into(),
        description: format!("The {name} with this ID.").into(),
        arguments: vec![GraphArgument {
            name: "id".into(),
            description: "".into(),
            r#type: GraphTypeRef::named(scalar.clone()).non_null(),
            default: None,
            expected_type: Some(name.to_owned().into()),
            default_path: None,
            default_address: None,
            ignore: Vec::new(),
            deprecated: None,
        }],
        returns: GraphTypeRef::named(name.to_owned()).non_null(),
        expected_type: None,
        deprecated: None,
        origin: Origin::Load,
        notes: Notes::default(),
    };
    let scalar = GraphType {
        name: scalar.into(),
        original_name: None,
        description: "".into(),
        kind: GraphTypeKind::Scalar,
        place: None,
    };
    (scalar, field)
}

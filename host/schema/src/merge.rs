//! Puts the core types and the types of modules into one table, under their API names, and checks that they fit together.

use crate::core_types;
use crate::execute::ModuleId;
use crate::graph_type::{GraphArgument, GraphField, GraphType, GraphTypeKind, GraphTypeRef, Origin, Text};
use crate::module_def::ModuleDef;
use crate::{merge_core, merge_module};
use indexmap::IndexMap;

/// A module as a schema sees it.
#[derive(Clone, Debug)]
pub struct VisibleModule {
    /// Name under which it appears: its own, or what the manifest that depends on it says.
    pub name: String,
    /// Identity of the loaded module.
    pub id: ModuleId,
    /// What it offers.
    pub def: std::sync::Arc<ModuleDef>,
}

/// The merged table.
#[derive(Clone, Debug)]
pub struct Merged {
    types: IndexMap<Text, GraphType>,
}

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
    #[error("module `{module}` has the name of a core function; give it another name in dagger.json")]
    ModuleTaken {
        /// The module's name.
        module: String,
    },
}

impl Merged {
    /// The core types alone.
    pub fn core() -> Merged {
        let mut types: IndexMap<Text, GraphType> = core_types::TYPES
            .iter()
            .map(|core| (Text::from(core.name), merge_core::convert(core)))
            .collect();
        merge_core::add_built_in_scalars(&mut types);
        add_loaders(&mut types);
        Merged { types }
    }

    /// Core types and those of the modules.
    pub fn new(modules: &[VisibleModule]) -> Result<Merged, MergeError> {
        let mut merged = Merged::core();
        for module in modules {
            merge_module::add(&mut merged.types, module)?;
        }
        Ok(merged)
    }

    /// The type of that API name.
    pub fn get(&self, name: &str) -> Option<&GraphType> {
        self.types.get(name)
    }

    /// All types: core first, then the modules' in their order.
    pub fn types(&self) -> impl Iterator<Item = &GraphType> {
        self.types.values()
    }

    /// Whether an object of type `name` can stand where `expected` is asked for.
    pub fn satisfies(&self, name: &str, expected: &str) -> bool {
        if name == expected {
            return true;
        }
        match self.get(name).map(|found| &found.kind) {
            Some(GraphTypeKind::Object { implements, .. }) => implements.iter().any(|interface| interface == expected),
            _ => false,
        }
    }
}

/// `Query.loadXFromID` and the scalar `XID`, which clients before 0.21 use, for every object type present.
fn add_loaders(types: &mut IndexMap<Text, GraphType>) {
    let names: Vec<Text> = types
        .values()
        .filter(|t| matches!(t.kind, GraphTypeKind::Object { .. }) && t.name != "Query")
        .map(|t| t.name.clone())
        .collect();
    for name in names {
        add_loader(types, &name);
    }
}

/// The loader of one object type.
pub(crate) fn add_loader(types: &mut IndexMap<Text, GraphType>, name: &str) {
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
        }],
        returns: GraphTypeRef::named(name.to_owned()).non_null(),
        expected_type: None,
        deprecated: None,
        origin: Origin::Load,
    };
    types.insert(
        scalar.clone().into(),
        GraphType {
            name: scalar.into(),
            original_name: None,
            description: "".into(),
            kind: GraphTypeKind::Scalar,
        },
    );
    if let Some(GraphTypeKind::Object { fields, .. }) = types.get_mut("Query").map(|query| &mut query.kind) {
        fields.insert(field.name.clone(), field);
    }
}

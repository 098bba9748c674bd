//! Types of a module into the merged table, under their API names.

use crate::graph_type::{GraphArgument, GraphField, GraphMember, GraphType, GraphTypeKind, GraphTypeRef, Origin, Text};
use crate::merge::{MergeError, Merged};
use crate::module_def::{Annotations, ArgumentDef, FunctionDef, InterfaceDef, ObjectDef, TypeRef};
use crate::names::camel_case;
use crate::notes::{Notes, Place};
use crate::visible_module::VisibleModule;
use indexmap::IndexMap;
use std::sync::Arc;

/// Adds everything that the module defines, and `Query.<module>`.
pub(crate) fn add(merged: &mut Merged, module: &VisibleModule) -> Result<(), MergeError> {
    let def = &module.def;
    let main = def.main().ok_or_else(|| no_main_object(module))?;
    let field: Text = camel_case(&module.name).into();
    if merged.get("Query").is_some_and(|query| query.field(&field).is_some()) {
        return Err(MergeError::ModuleTaken {
            module: module.name.clone(),
        });
    }
    let mut added = Vec::new();
    for enumeration in &def.enums {
        let members = enumeration
            .members
            .iter()
            .map(|member| GraphMember {
                name: member.name.clone().into(),
                value: member.name.clone().into(),
                description: text(&member.description),
                deprecated: deprecated(&member.annotations),
            })
            .collect();
        let kind = GraphTypeKind::Enum { members };
        added.push((&enumeration.name, &enumeration.description, &enumeration.location, kind));
    }
    for interface in &def.interfaces {
        let kind = GraphTypeKind::Interface {
            fields: interface_fields(module, interface)?,
            module: Some(module.id.clone()),
        };
        added.push((&interface.name, &interface.description, &interface.location, kind));
    }
    for object in &def.objects {
        let kind = GraphTypeKind::Object {
            fields: object_fields(module, object)?,
            implements: vec!["Node".into()],
            module: Some(module.id.clone()),
        };
        added.push((&object.name, &object.description, &object.location, kind));
    }
    let constructor = constructor(module, main)?;
    for (name, description, location, kind) in added {
        let place = Place::of(&module.name, location.as_ref());
        insert(merged, module, name, description, kind, place)?;
    }
    if let Some(fields) = merged.fields_mut("Query") {
        fields.insert(field, constructor);
    }
    Ok(())
}

/// `as<Interface>` of an object, unless it has something of that name.
pub(crate) fn add_conversion(merged: &mut Merged, object: &str, interface: String) {
    let field = GraphField {
        name: format!("as{interface}").into(),
        description: format!("The object as a {interface}.").into(),
        arguments: Vec::new(),
        returns: GraphTypeRef::named(interface).non_null(),
        expected_type: None,
        deprecated: None,
        origin: Origin::Itself,
        notes: Notes::default(),
    };
    if let Some(fields) = merged.fields_mut(object) {
        fields.entry(field.name.clone()).or_insert(field);
    }
}

/// The constructor of a toolchain as a function of the module's main object.
pub(crate) fn offer(merged: &mut Merged, module: &VisibleModule, toolchain: &VisibleModule) -> Result<(), MergeError> {
    let name = camel_case(&toolchain.name);
    let constructor = merged.get("Query").and_then(|query| query.field(&name)).cloned();
    let main = module.type_name(&module.def.main_object);
    let fields = merged.fields_mut(&main).zip(constructor);
    if let Some((fields, constructor)) = fields {
        add_field(fields, module, &module.def.main_object, constructor)?;
    }
    Ok(())
}

fn no_main_object(module: &VisibleModule) -> MergeError {
    let names: Vec<&str> = module.def.objects.iter().map(|o| o.name.as_str()).collect();
    MergeError::NoMainObject {
        module: module.name.clone(),
        object: module.def.main_object.clone(),
        found: if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        },
    }
}

fn insert(
    merged: &mut Merged,
    module: &VisibleModule,
    name: &str,
    description: &Option<String>,
    kind: GraphTypeKind,
    place: Option<Arc<Place>>,
) -> Result<(), MergeError> {
    let api_name: Text = module.type_name(name).into();
    if merged.get(&api_name).is_some() {
        return Err(MergeError::TypeTaken {
            module: module.name.clone(),
            name: api_name.into_owned(),
        });
    }
    let graph_type = GraphType {
        name: api_name.clone(),
        original_name: Some(name.to_owned().into()),
        description: text(description),
        kind,
        place,
    };
    let is_object = graph_type.is_object();
    merged.add(graph_type);
    if is_object {
        merged.add_loader(&api_name);
    }
    Ok(())
}

fn text(description: &Option<String>) -> Text {
    description.clone().unwrap_or_default().into()
}

fn deprecated(annotations: &Annotations) -> Option<Text> {
    annotations.text("deprecated").map(|reason| reason.to_owned().into())
}

fn resolve(module: &VisibleModule, place: &str, name: &str) -> Result<Text, MergeError> {
    if module.defines(name) {
        return Ok(module.type_name(name).into());
    }
    match Merged::core().get(name) {
        Some(found) => Ok(found.name.clone()),
        None => Err(MergeError::UnknownType {
            module: module.name.clone(),
            place: place.to_owned(),
            name: name.to_owned(),
        }),
    }
}

/// The GraphQL type of a result; never null unless optional.
fn output(module: &VisibleModule, place: &str, reference: &TypeRef) -> Result<GraphTypeRef, MergeError> {
    Ok(match reference {
        TypeRef::Optional(inner) => match output(module, place, inner)? {
            GraphTypeRef::NonNull(inner) => *inner,
            other => other,
        },
        TypeRef::List(inner) => GraphTypeRef::List(Box::new(output(module, place, inner)?)).non_null(),
        TypeRef::String => GraphTypeRef::named("String").non_null(),
        TypeRef::Integer => GraphTypeRef::named("Int").non_null(),
        TypeRef::Float => GraphTypeRef::named("Float").non_null(),
        TypeRef::Boolean => GraphTypeRef::named("Boolean").non_null(),
        TypeRef::Void => GraphTypeRef::named("Void"),
        TypeRef::Scalar(name)
        | TypeRef::Object(name)
        | TypeRef::Interface(name)
        | TypeRef::Enum(name)
        | TypeRef::Input(name) => GraphTypeRef::Named(resolve(module, place, name)?).non_null(),
    })
}

fn argument(module: &VisibleModule, place: &str, def: &ArgumentDef) -> Result<GraphArgument, MergeError> {
    let output = output(module, place, &def.r#type)?;
    let expected_type = object_name(&def.r#type).map(|_| Text::from(output.name().to_owned()));
    let patterns = def.annotations.get("ignore").and_then(|value| value.as_array());
    let mut result = GraphArgument {
        name: def.name.clone().into(),
        description: text(&def.description),
        r#type: if expected_type.is_some() {
            as_id(&output)
        } else {
            output
        },
        default: def.default_value.clone(),
        expected_type,
        default_path: def.annotations.text("defaultPath").map(|path| path.to_owned().into()),
        default_address: def
            .annotations
            .text("defaultAddress")
            .map(|address| address.to_owned().into()),
        ignore: patterns
            .map(|list| list.iter().filter_map(|p| p.as_str().map(str::to_owned)).collect())
            .unwrap_or_default(),
        deprecated: deprecated(&def.annotations),
    };
    if result.default.as_ref().is_some_and(serde_json::Value::is_null) {
        result.default = None;
        if let GraphTypeRef::NonNull(inner) = result.r#type {
            result.r#type = *inner;
        }
    }
    Ok(result)
}

fn function(module: &VisibleModule, object: &str, def: &FunctionDef, origin: Origin) -> Result<GraphField, MergeError> {
    let place = format!("{object}.{}", def.name);
    Ok(GraphField {
        name: def.name.clone().into(),
        description: text(&def.description),
        arguments: def
            .arguments
            .iter()
            .map(|def| argument(module, &place, def))
            .collect::<Result<_, _>>()?,
        returns: output(module, &place, &def.returns)?,
        expected_type: None,
        deprecated: deprecated(&def.annotations),
        origin,
        notes: Notes::of(&module.name, def.location.as_ref(), &def.annotations),
    })
}

fn object_fields(module: &VisibleModule, object: &ObjectDef) -> Result<IndexMap<Text, GraphField>, MergeError> {
    let mut fields = IndexMap::new();
    fields.insert("id".into(), id_field());
    for def in &object.fields {
        let place = format!("{}.{}", object.name, def.name);
        let field = GraphField {
            name: def.name.clone().into(),
            description: text(&def.description),
            arguments: Vec::new(),
            returns: output(module, &place, &def.r#type)?,
            expected_type: None,
            deprecated: deprecated(&def.annotations),
            origin: Origin::State {
                key: def.original_name.clone().into(),
            },
            notes: Notes::of(&module.name, def.location.as_ref(), &def.annotations),
        };
        add_field(&mut fields, module, &object.name, field)?;
    }
    for def in &object.functions {
        let origin = Origin::Function {
            module: module.id.clone(),
            object: object.name.clone().into(),
        };
        let field = function(module, &object.name, def, origin)?;
        add_field(&mut fields, module, &object.name, field)?;
    }
    Ok(fields)
}

fn interface_fields(
    module: &VisibleModule,
    interface: &InterfaceDef,
) -> Result<IndexMap<Text, GraphField>, MergeError> {
    let mut fields = IndexMap::new();
    fields.insert("id".into(), id_field());
    for def in &interface.functions {
        let origin = Origin::Behaviour {
            module: module.id.clone(),
            interface: interface.name.clone().into(),
        };
        let field = function(module, &interface.name, def, origin)?;
        add_field(&mut fields, module, &interface.name, field)?;
    }
    Ok(fields)
}

fn constructor(module: &VisibleModule, main: &ObjectDef) -> Result<GraphField, MergeError> {
    let returns = GraphTypeRef::named(module.type_name(&main.name)).non_null();
    let origin = Origin::Constructor {
        module: module.id.clone(),
        object: main.name.clone().into(),
    };
    let name: Text = camel_case(&module.name).into();
    let description = text(&main.description);
    match &main.constructor {
        Some(def) => Ok(GraphField {
            name,
            description,
            returns,
            ..function(module, &main.name, def, origin)?
        }),
        None => Ok(GraphField {
            name,
            description,
            arguments: Vec::new(),
            returns,
            expected_type: None,
            deprecated: None,
            origin,
            notes: Notes::of(&module.name, main.location.as_ref(), &main.annotations),
        }),
    }
}

fn add_field(
    fields: &mut IndexMap<Text, GraphField>,
    module: &VisibleModule,
    object: &str,
    field: GraphField,
) -> Result<(), MergeError> {
    let name = field.name.clone();
    match fields.insert(name.clone(), field) {
        None => Ok(()),
        Some(_) => Err(MergeError::FieldTaken {
            module: module.name.clone(),
            object: object.to_owned(),
            field: name.into_owned(),
        }),
    }
}

fn id_field() -> GraphField {
    GraphField {
        name: "id".into(),
        description: "A handle to this object.".into(),
        arguments: Vec::new(),
        returns: GraphTypeRef::named("ID").non_null(),
        expected_type: None,
        deprecated: None,
        origin: Origin::Id,
        notes: Notes::default(),
    }
}

/// The object or interface that a value of the type is or lists.
fn object_name(reference: &TypeRef) -> Option<&str> {
    match reference {
        TypeRef::Object(name) | TypeRef::Interface(name) => Some(name),
        TypeRef::List(inner) | TypeRef::Optional(inner) => object_name(inner),
        _ => None,
    }
}

/// The same shape with `ID` in the place of the object.
fn as_id(reference: &GraphTypeRef) -> GraphTypeRef {
    match reference {
        GraphTypeRef::Named(_) => GraphTypeRef::named("ID"),
        GraphTypeRef::List(inner) => GraphTypeRef::List(Box::new(as_id(inner))),
        GraphTypeRef::NonNull(inner) => as_id(inner).non_null(),
    }
}

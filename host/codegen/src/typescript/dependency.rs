//! Definitions → the bindings of the modules that a module depends on.
//!
//! The file adds its classes to those that the SDK knows, and the modules' constructors to `dag`: to its type by merging the
//! declarations, to the object when the file is evaluated. They are one file, since an object of one module can be seen as an interface of
//! another.

use std::collections::BTreeSet;

use dockwright_schema::{
    VisibleModule,
    core_types::{self, CoreKind},
    module_def::{Annotations, ArgumentDef, EnumDef, FieldDef, FunctionDef, TypeRef},
    names::camel_case,
    satisfied,
};

use super::{
    LANGUAGE, class,
    code::{field, literal, string},
    docs,
    enums::{self, Member},
    model::{Class, Doc, Method, Parameter, Record, Returns, Target},
    names,
};
use crate::CodegenError;

/// What every file of bindings needs of the SDK.
const PACKAGE: &str = "@dagger.io/dagger";

/// The source of the bindings of these modules, as one that depends on them sees them.
///
/// # Errors
/// When a definition names a type that neither it nor the core API has.
pub fn dependencies(modules: &[VisibleModule]) -> Result<String, CodegenError> {
    let conversions = satisfied(modules);
    let mut parts = Vec::new();
    let mut registered = Vec::new();
    let mut constructors = Vec::new();
    for module in modules {
        let writer = Writer {
            module,
            conversions: &conversions,
        };
        parts.extend(writer.enums());
        for class in writer.classes()? {
            parts.push(branded_id(&class.api_name));
            parts.push(class::class(&class, &[]));
            registered.push(field(&class.api_name, &class.class_name));
        }
        constructors.push(writer.constructor()?);
    }
    parts.extend(
        constructors
            .iter()
            .filter_map(|each| each.options.as_ref().map(super::records::record)),
    );
    let declarations: Vec<String> = constructors
        .iter()
        .map(|each| indented(&class::declaration(each)))
        .collect();
    parts.push(format!(
        "declare module {} {{\n  interface Client {{\n{}  }}\n}}\n",
        string(PACKAGE),
        declarations.join("\n")
    ));
    parts.push(registration(&registered));
    for constructor in &constructors {
        let parameters = std::iter::once("ctx".to_owned()).chain(class::parameters(constructor));
        parts.push(format!(
            "extend({}, ({}) => {{\n{}}});\n",
            string(&constructor.name),
            parameters.collect::<Vec<_>>().join(", "),
            class::body(2, constructor, "ctx")
        ));
    }
    let body = parts.join("\n");
    let names: Vec<&str> = modules.iter().map(|module| module.name.as_str()).collect();
    Ok(format!(
        "// Generated from the modules' definitions by dockwright; do not edit.\n{}\n{}\n{body}",
        docs::text(0, &format!("Bindings of the modules {}.", names.join(", "))),
        imports(&body)
    ))
}

struct Writer<'a> {
    module: &'a VisibleModule,
    /// Which objects can be seen as which interfaces.
    conversions: &'a [(String, String)],
}

impl Writer<'_> {
    fn enums(&self) -> Vec<String> {
        let write = |item: &EnumDef| {
            let members: Vec<Member<'_>> = item
                .members
                .iter()
                .map(|member| Member {
                    name: &member.name,
                    value: &member.name,
                    doc: member.description.as_deref().unwrap_or_default(),
                })
                .collect();
            enums::enumeration(
                &self.module.type_name(&item.name),
                item.description.as_deref().unwrap_or_default(),
                &members,
            )
        };
        self.module.def.enums.iter().map(write).collect()
    }

    fn classes(&self) -> Result<Vec<Class>, CodegenError> {
        let mut classes = Vec::new();
        for interface in &self.module.def.interfaces {
            classes.push(self.class(
                &interface.name,
                interface.description.as_deref(),
                &[],
                &interface.functions,
            )?);
        }
        for object in &self.module.def.objects {
            classes.push(self.class(
                &object.name,
                object.description.as_deref(),
                &object.fields,
                &object.functions,
            )?);
        }
        Ok(classes)
    }

    fn class(
        &self,
        name: &str,
        description: Option<&str>,
        fields: &[FieldDef],
        functions: &[FunctionDef],
    ) -> Result<Class, CodegenError> {
        let target = self.target(name);
        let is_interface = target.class != target.annotation;
        let id = if is_interface {
            "ID".to_owned()
        } else {
            format!("{}ID", target.api_name)
        };
        let mut methods = vec![Method {
            name: "id".to_owned(),
            field: "id".to_owned(),
            doc: Doc {
                text: "Identifies the object within the session.".to_owned(),
                deprecated: None,
            },
            parameters: Vec::new(),
            options: None,
            returns: Returns::Id(id),
        }];
        for field in fields {
            let doc = documentation(field.description.as_deref(), &field.annotations);
            methods.push(self.method(&target.api_name, &field.name, doc, &[], &field.r#type)?);
        }
        for function in functions {
            let doc = documentation(function.description.as_deref(), &function.annotations);
            methods.push(self.method(
                &target.api_name,
                &function.name,
                doc,
                &function.arguments,
                &function.returns,
            )?);
        }
        for (_, interface) in self.conversions.iter().filter(|(object, _)| *object == target.api_name) {
            let field = format!("as{interface}");
            if methods.iter().all(|method| method.field != field) {
                methods.push(Method {
                    name: field.clone(),
                    field,
                    doc: Doc {
                        text: format!("The object as a `{interface}`."),
                        deprecated: None,
                    },
                    parameters: Vec::new(),
                    options: None,
                    returns: Returns::Object(target_of(interface.clone(), true)),
                });
            }
        }
        Ok(Class {
            api_name: target.api_name,
            name: target.annotation,
            class_name: target.class,
            doc: description.unwrap_or_default().to_owned(),
            methods,
        })
    }

    /// The method of `dag` that makes the main object.
    fn constructor(&self) -> Result<Method, CodegenError> {
        let def = &self.module.def;
        let constructor = def.main().and_then(|object| object.constructor.as_ref());
        let arguments = constructor
            .map(|function| function.arguments.as_slice())
            .unwrap_or_default();
        let doc = constructor
            .and_then(|function| function.description.as_deref())
            .or(def.description.as_deref())
            .unwrap_or_default();
        let name = camel_case(&self.module.name);
        let main = TypeRef::Object(def.main_object.clone());
        let doc = Doc {
            text: doc.to_owned(),
            deprecated: None,
        };
        self.method("Query", &name, doc, arguments, &main)
    }

    fn method(
        &self,
        owner: &str,
        name: &str,
        doc: Doc,
        arguments: &[ArgumentDef],
        returns: &TypeRef,
    ) -> Result<Method, CodegenError> {
        let place = format!("{owner}.{name}");
        let mut parameters = arguments
            .iter()
            .map(|argument| self.parameter(&place, argument))
            .collect::<Result<Vec<_>, _>>()?;
        let optional = Parameter::split_options(&mut parameters);
        let options = (!optional.is_empty()).then(|| Record {
            name: names::options(owner, name),
            doc: String::new(),
            fields: optional,
        });
        Ok(Method {
            name: names::identifier(name),
            field: name.to_owned(),
            doc,
            parameters,
            options,
            returns: self.returns(&place, returns)?,
        })
    }

    fn parameter(&self, place: &str, argument: &ArgumentDef) -> Result<Parameter, CodegenError> {
        let place = format!("{place}({}:)", argument.name);
        let (inner, _) = argument.r#type.without_optional();
        Ok(Parameter {
            name: names::identifier(&argument.name),
            argument: argument.name.clone(),
            annotation: self.annotation(&place, inner)?,
            kind: is_enum(inner).then(|| "ENUM".to_owned()),
            optional: !argument.is_required(),
            doc: documentation(argument.description.as_deref(), &argument.annotations),
        })
    }

    fn returns(&self, place: &str, returns: &TypeRef) -> Result<Returns, CodegenError> {
        let (inner, _) = returns.without_optional();
        Ok(match inner {
            TypeRef::Void => Returns::Nothing,
            TypeRef::Object(name) | TypeRef::Interface(name) => Returns::Object(self.known(place, name)?),
            TypeRef::List(item) => match item.without_optional().0 {
                TypeRef::Object(name) | TypeRef::Interface(name) => Returns::Objects(self.known(place, name)?),
                _ => Returns::Value(self.annotation(place, inner)?),
            },
            other => Returns::Value(self.annotation(place, other)?),
        })
    }

    fn annotation(&self, place: &str, r#type: &TypeRef) -> Result<String, CodegenError> {
        Ok(match r#type {
            TypeRef::String => "string".to_owned(),
            TypeRef::Integer | TypeRef::Float => "number".to_owned(),
            TypeRef::Boolean => "boolean".to_owned(),
            TypeRef::List(item) => match self.annotation(place, item)? {
                item if item.contains('|') => format!("({item})[]"),
                item => format!("{item}[]"),
            },
            TypeRef::Optional(inner) => format!("{} | null", self.annotation(place, inner)?),
            TypeRef::Object(name)
            | TypeRef::Interface(name)
            | TypeRef::Enum(name)
            | TypeRef::Scalar(name)
            | TypeRef::Input(name) => self.known(place, name)?.annotation,
            TypeRef::Void => {
                return Err(CodegenError::Returns {
                    field: place.to_owned(),
                    returns: "void inside another type".to_owned(),
                    language: LANGUAGE,
                });
            }
        })
    }

    fn known(&self, place: &str, name: &str) -> Result<Target, CodegenError> {
        if self.module.defines(name) || core_types::get(name).is_some() {
            Ok(self.target(name))
        } else {
            Err(CodegenError::UnknownType {
                name: name.to_owned(),
                used_by: place.to_owned(),
            })
        }
    }

    fn target(&self, name: &str) -> Target {
        if self.module.defines(name) {
            target_of(self.module.type_name(name), self.module.def.interface(name).is_some())
        } else {
            core_target(name)
        }
    }
}

fn core_target(name: &str) -> Target {
    let kind = core_types::get(name).map(|core_type| core_type.kind);
    target_of(name.to_owned(), kind == Some(CoreKind::Interface))
}

fn target_of(api_name: String, is_interface: bool) -> Target {
    let annotation = names::type_name(&api_name);
    let class = if is_interface {
        format!("_{annotation}Client")
    } else {
        annotation.clone()
    };
    Target {
        api_name,
        annotation,
        class,
    }
}

/// Names of the core client that the file may mention.
fn core_names() -> BTreeSet<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for core_type in core_types::TYPES {
        let target = core_target(core_type.name);
        names.extend([target.annotation, target.class]);
    }
    names
}

fn is_enum(r#type: &TypeRef) -> bool {
    match r#type {
        TypeRef::Enum(_) => true,
        TypeRef::List(item) | TypeRef::Optional(item) => is_enum(item),
        _ => false,
    }
}

/// The call that makes classes known by their names in the API.
fn registration(fields: &[String]) -> String {
    let flat = format!("register({});\n", literal(fields));
    if flat.trim_end().chars().count() <= super::code::WIDTH {
        return flat;
    }
    let lines: String = fields.iter().map(|field| format!("  {field},\n")).collect();
    format!("register({{\n{lines}}});\n")
}

fn branded_id(api_name: &str) -> String {
    format!(
        "{}export type {api_name}ID = ID & {{ __{api_name}ID: never }};\n",
        docs::text(0, &format!("The ID of a `{api_name}`."))
    )
}

/// The import of what the body uses: a name that is only a type is imported as one.
fn imports(body: &str) -> String {
    let core_names = core_names();
    let words: BTreeSet<&str> = body
        .lines()
        .filter(|line| !line.trim_start().starts_with(['*', '/']))
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .collect();
    let built = |name: &str| {
        [format!("new {name}("), format!(", {name})")]
            .iter()
            .any(|use_| body.contains(use_.as_str()))
    };
    let mut items = vec!["BaseClient".to_owned(), "extend".to_owned(), "register".to_owned()];
    if words.contains("ENUM") {
        items.push("ENUM".to_owned());
    }
    items.push("type ID".to_owned());
    for name in core_names.iter().filter(|name| words.contains(name.as_str())) {
        if name == "Client" {
            continue;
        }
        items.push(if built(name) {
            name.clone()
        } else {
            format!("type {name}")
        });
    }
    items.sort_by_key(|item| item.trim_start_matches("type ").to_lowercase());
    let flat = format!("import {{ {} }} from {};\n", items.join(", "), string(PACKAGE));
    if flat.trim_end().chars().count() <= super::code::WIDTH {
        return flat;
    }
    let lines: String = items.iter().map(|item| format!("  {item},\n")).collect();
    format!("import {{\n{lines}}} from {};\n", string(PACKAGE))
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("  {line}").trim_end().to_owned() + "\n")
        .collect()
}

fn documentation(description: Option<&str>, annotations: &Annotations) -> Doc {
    Doc {
        text: description.unwrap_or_default().to_owned(),
        deprecated: annotations.text("deprecated").map(str::to_owned),
    }
}

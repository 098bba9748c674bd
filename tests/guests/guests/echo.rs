//! Describes one of everything, and returns what it is called with.

use dockwright_guests::*;

struct Echo;

impl Behaviour for Echo {
    fn describe() -> Result<ModuleDef, Failure> {
        let note = |name: &str, value: &str| Annotation {
            name: name.into(),
            value: value.into(),
        };
        let at = |line| {
            Some(SourceLocation {
                file: "lib.rs".into(),
                line,
                column: 1,
            })
        };
        let mut echo = function("echo", 1);
        echo.description = Some("Says it again.".into());
        echo.location = at(7);
        echo.annotations = vec![note("cache", "\"never\"")];
        echo.arguments = vec![
            ArgumentDef {
                name: "text".into(),
                description: None,
                type_: 0,
                default_value: Some("\"hello\"".into()),
                annotations: vec![],
            },
            ArgumentDef {
                name: "source".into(),
                description: Some("Where from.".into()),
                type_: 2,
                default_value: None,
                annotations: vec![note("defaultPath", "\"/\""), note("ignore", "[\".git\"]")],
            },
        ];
        let mut main = object("Echo");
        main.fields = vec![FieldDef {
            name: "tone".into(),
            original_name: "_tone".into(),
            description: None,
            type_: 3,
            location: at(3),
            annotations: vec![],
        }];
        main.constructor = Some(function("", 4));
        main.functions = vec![echo];
        let members = vec![EnumMemberDef {
            name: "LOUD".into(),
            value: "loud".into(),
            description: None,
            annotations: vec![],
        }];
        Ok(ModuleDef {
            description: Some("Echoes.".into()),
            main_object: "Echo".into(),
            types: vec![
                TypeDef::String,
                TypeDef::List(5),
                TypeDef::Object("Directory".into()),
                TypeDef::Enum("Tone".into()),
                TypeDef::Object("Echo".into()),
                TypeDef::Optional(0),
            ],
            objects: vec![main],
            enums: vec![EnumDef {
                name: "Tone".into(),
                description: None,
                members,
                location: None,
                annotations: vec![],
            }],
            interfaces: vec![InterfaceDef {
                name: "Speaker".into(),
                description: None,
                functions: vec![function("speak", 0)],
                location: None,
                annotations: vec![],
            }],
            annotations: vec![],
        })
    }

    fn invoke(call: FunctionCall) -> Result<String, Failure> {
        system::log(system::Level::Info, "heard you");
        system::log(system::Level::Error, "too loud");
        let arguments: Vec<String> = call
            .arguments
            .iter()
            .map(|a| format!("{}:{}", quote(&a.name), a.value))
            .collect();
        Ok(format!(
            "{{\"type\":{},\"parent\":{},\"name\":{},\"arguments\":{{{}}}}}",
            quote(&call.parent_type),
            call.parent,
            quote(&call.name),
            arguments.join(",")
        ))
    }
}

export!(Echo);

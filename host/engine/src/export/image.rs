//! What image exporters want to know beside the file systems.

use super::PlatformImage;
use super::run::Content;
use crate::{ExportError, SolveError};
use std::collections::HashMap;

/// Key of an image's configuration in the metadata of a result.
const CONFIG: &str = "containerimage.config";
/// Key of the list of platforms.
const PLATFORMS: &str = "refs.platforms";

/// The content and its metadata, as BuildKit's `exporter/containerimage/exptypes` defines them.
pub(super) fn content(images: &[PlatformImage]) -> Result<(Content<'_>, HashMap<String, Vec<u8>>), ExportError> {
    let unreadable = |e: serde_json::Error| SolveError::Failed {
        operation: Some("export".to_owned()),
        message: e.to_string(),
    };
    let mut metadata = HashMap::new();
    match images {
        [] => Err(ExportError::NoImage),
        [image] => {
            metadata.insert(
                CONFIG.to_owned(),
                image.config.for_export(&image.platform).map_err(unreadable)?,
            );
            Ok((Content::One(&image.output), metadata))
        }
        images => {
            let mut outputs = Vec::new();
            let mut platforms = Vec::new();
            for image in images {
                let id = image.platform.to_string();
                let config = image.config.for_export(&image.platform).map_err(unreadable)?;
                if metadata.insert(format!("{CONFIG}/{id}"), config).is_some() {
                    return Err(ExportError::TwoForOnePlatform {
                        platform: image.platform.clone(),
                    });
                }
                platforms.push(serde_json::json!({"ID": id, "Platform": image.platform}));
                outputs.push((id, &image.output));
            }
            let list = serde_json::to_vec(&serde_json::json!({"Platforms": platforms})).map_err(unreadable)?;
            metadata.insert(PLATFORMS.to_owned(), list);
            Ok((Content::PerPlatform(outputs), metadata))
        }
    }
}

/// The attributes that make an exporter write the annotations.
pub(super) fn annotations(images: &[PlatformImage]) -> Vec<(String, String)> {
    let scope = |image: &PlatformImage| match images {
        [_] => String::new(),
        _ => format!("[{}]", image.platform),
    };
    images
        .iter()
        .flat_map(|image| {
            let scope = scope(image);
            image
                .annotations
                .iter()
                .map(move |(key, value)| (format!("annotation-manifest{scope}.{key}"), value.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{CONFIG, PLATFORMS, annotations, content};
    use crate::llb::Output;
    use crate::{ExportError, ImageConfig, Platform, PlatformImage};
    use std::collections::BTreeMap;

    fn image(architecture: &str) -> PlatformImage {
        let platform = Platform::linux(architecture);
        PlatformImage {
            config: ImageConfig::empty(&platform),
            platform,
            output: Output::scratch(),
            annotations: BTreeMap::new(),
        }
    }

    #[test]
    fn one_image_has_no_list_of_platforms_and_several_have() {
        let one = [image("amd64")];
        let (_, metadata) = content(&one).unwrap();
        assert_eq!(metadata.keys().collect::<Vec<_>>(), [CONFIG]);
        let two = [image("amd64"), image("arm64")];
        let (_, metadata) = content(&two).unwrap();
        let list = String::from_utf8(metadata[PLATFORMS].clone()).unwrap();
        insta::assert_snapshot!(list);
        assert!(metadata.contains_key("containerimage.config/linux/arm64"));
    }

    #[test]
    fn annotations_name_the_platform_where_there_are_several() {
        let annotated = |architecture| PlatformImage {
            annotations: BTreeMap::from([("a.b".to_owned(), "1".to_owned())]),
            ..image(architecture)
        };
        let keys = |images: &[PlatformImage]| annotations(images).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(keys(&[annotated("amd64")]), ["annotation-manifest.a.b"]);
        assert_eq!(
            keys(&[annotated("amd64"), annotated("arm64")]),
            [
                "annotation-manifest[linux/amd64].a.b",
                "annotation-manifest[linux/arm64].a.b"
            ]
        );
    }

    #[test]
    fn none_and_two_for_one_platform_are_refused() {
        assert_eq!(content(&[]).err(), Some(ExportError::NoImage));
        let twice = [image("amd64"), image("amd64")];
        assert!(matches!(
            content(&twice).err(),
            Some(ExportError::TwoForOnePlatform { .. })
        ));
    }
}

//! Values that go into statements, the same for both engines.

use std::borrow::Cow;
use std::error::Error as StdError;

use bytes::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use serde_json::Value;
use tertulia_domain::Timestamp;

/// One statement parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Param<'a> {
    Null,
    Int(i64),
    Bool(bool),
    Text(Cow<'a, str>),
    Bytes(&'a [u8]),
    /// Goes into a JSON column: text on SQLite, `jsonb` on PostgreSQL.
    Json(Cow<'a, str>),
}

/// Anything that can be a parameter.
pub trait ToParam {
    fn to_param(&self) -> Param<'_>;
}

impl ToParam for i64 {
    fn to_param(&self) -> Param<'_> {
        Param::Int(*self)
    }
}

impl ToParam for bool {
    fn to_param(&self) -> Param<'_> {
        Param::Bool(*self)
    }
}

impl ToParam for str {
    fn to_param(&self) -> Param<'_> {
        Param::Text(Cow::Borrowed(self))
    }
}

impl ToParam for String {
    fn to_param(&self) -> Param<'_> {
        Param::Text(Cow::Borrowed(self))
    }
}

impl ToParam for [u8] {
    fn to_param(&self) -> Param<'_> {
        Param::Bytes(self)
    }
}

impl ToParam for Vec<u8> {
    fn to_param(&self) -> Param<'_> {
        Param::Bytes(self)
    }
}

impl ToParam for Timestamp {
    fn to_param(&self) -> Param<'_> {
        Param::Int(self.0)
    }
}

impl ToParam for Value {
    fn to_param(&self) -> Param<'_> {
        Param::Json(Cow::Owned(self.to_string()))
    }
}

impl ToParam for serde_json::Map<String, Value> {
    fn to_param(&self) -> Param<'_> {
        // Writing a map of JSON values to text cannot fail.
        Param::Json(serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned()).into())
    }
}

impl<T: ToParam + ?Sized> ToParam for &T {
    fn to_param(&self) -> Param<'_> {
        (**self).to_param()
    }
}

impl<T: ToParam> ToParam for Option<T> {
    fn to_param(&self) -> Param<'_> {
        self.as_ref().map_or(Param::Null, ToParam::to_param)
    }
}

macro_rules! ids_to_param {
    ($($id:ty,)+) => {
        $(impl ToParam for $id {
            fn to_param(&self) -> Param<'_> {
                Param::Int(self.0)
            }
        })+
    };
}
tertulia_domain::for_each_id!(ids_to_param);

macro_rules! enums_to_param {
    ($($set:ty,)+) => {
        $(impl ToParam for $set {
            fn to_param(&self) -> Param<'_> {
                Param::Text(Cow::Borrowed(self.as_str()))
            }
        })+
    };
}
tertulia_domain::for_each_stored_enum!(enums_to_param);

impl rusqlite::ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value, ValueRef};
        Ok(match self {
            Param::Null => ToSqlOutput::Owned(Value::Null),
            Param::Int(value) => ToSqlOutput::Owned(Value::Integer(*value)),
            Param::Bool(value) => ToSqlOutput::Owned(Value::Integer(i64::from(*value))),
            Param::Text(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Param::Bytes(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
            Param::Json(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
        })
    }
}

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Param::Null => Ok(IsNull::Yes),
            Param::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Param::Int(value) => value.to_sql(&Type::INT8, out),
            Param::Bool(value) => value.to_sql(ty, out),
            Param::Text(value) => value.as_ref().to_sql(ty, out),
            Param::Bytes(value) => value.to_sql(ty, out),
            Param::Json(value) => {
                // The binary form of `jsonb` is its text behind a version byte.
                if *ty == Type::JSONB {
                    out.extend_from_slice(&[1]);
                }
                out.extend_from_slice(value.as_bytes());
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

//! Encrypted connections to PostgreSQL, and whom to believe at the other end.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{self, CryptoProvider};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{Error, Result};

/// Whom to believe that it is the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trust {
    /// Whoever answers: that keeps out who only listens, not who stands in between.
    Anybody,
    /// Whoever has a certificate under the roots.
    Chain(Roots),
    /// Whoever has a certificate under the roots that names the host.
    Name(Roots),
}

/// Where the root certificates are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Roots {
    System,
    /// Certificates in PEM form.
    File(PathBuf),
}

/// Makes connections with this trust. Reads the certificates, so a renewed file counts from the next
/// connection on.
pub(super) fn connector(trust: &Trust) -> Result<MakeRustlsConnect> {
    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let verifier = Verifier {
        judge: match trust {
            Trust::Anybody => None,
            Trust::Chain(roots) => Some(Judge::new(roots, false, &provider)?),
            Trust::Name(roots) => Some(Judge::new(roots, true, &provider)?),
        },
        provider: Arc::clone(&provider),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| refused(e.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

#[derive(Debug)]
struct Verifier {
    judge: Option<Judge>,
    provider: Arc<CryptoProvider>,
}

/// Judges certificates by roots.
#[derive(Debug)]
struct Judge {
    chain: Arc<WebPkiServerVerifier>,
    roots: Vec<CertificateDer<'static>>,
    by_name: bool,
}

impl Judge {
    fn new(roots: &Roots, by_name: bool, provider: &Arc<CryptoProvider>) -> Result<Self> {
        let (place, roots) = match roots {
            Roots::File(path) => (path.display().to_string(), read(path)?),
            Roots::System => {
                let found = rustls_native_certs::load_native_certs();
                ("the operating system".to_owned(), found.certs)
            }
        };
        let mut store = RootCertStore::empty();
        let (usable, _) = store.add_parsable_certificates(roots.iter().cloned());
        if usable == 0 {
            return Err(refused(format!("{place} has no root certificate that can be used")));
        }
        let chain =
            WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider))
                .build()
                .map_err(|e| refused(e.to_string()))?;
        Ok(Self { chain, roots, by_name })
    }

    fn judge(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<(), rustls::Error> {
        // A server's own certificate as the root, as PostgreSQL's manual makes it: a chain of one.
        if self.roots.iter().any(|root| root == certificate) {
            let parsed = ParsedCertificate::try_from(certificate)?;
            return match self.by_name {
                true => rustls::client::verify_server_name(&parsed, name),
                false => Ok(()),
            };
        }
        match self.chain.verify_server_cert(certificate, between, name, ocsp, now) {
            // The name is looked at last, after the chain was found good.
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.by_name => Ok(()),
            judged => judged.map(drop),
        }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if let Some(judge) = &self.judge {
            judge.judge(certificate, between, name, ocsp, now)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let failed = |e: rustls::pki_types::pem::Error| {
        refused(format!("the root certificates in {}: {e}", path.display()))
    };
    let found = CertificateDer::pem_file_iter(path).map_err(failed)?;
    found.map(|certificate| certificate.map_err(failed)).collect()
}

fn refused(reason: String) -> Error {
    Error::Unavailable { reason: format!("TLS to PostgreSQL: {reason}") }
}

"""Stands in for the module `ssl`, which needs a native library and sockets.

Libraries import it, subclass its classes and make contexts long before they connect, so only using a connection fails.
"""

from __future__ import annotations

import enum
import sys
from typing import Any, NoReturn

MESSAGE = "TLS is not available inside a module"

OPENSSL_VERSION = "none"
OPENSSL_VERSION_INFO = (0, 0, 0, 0, 0)
OPENSSL_VERSION_NUMBER = 0
HAS_ALPN = HAS_NEVER_CHECK_COMMON_NAME = HAS_SNI = HAS_TLSv1_3 = False
CHANNEL_BINDING_TYPES: list[str] = []


class SSLError(OSError):
    """A connection with TLS failed."""


class SSLZeroReturnError(SSLError):
    """The other side closed the connection."""


class SSLWantReadError(SSLError):
    """More must be read."""


class SSLWantWriteError(SSLError):
    """More must be written."""


class SSLSyscallError(SSLError):
    """The operating system failed."""


class SSLEOFError(SSLError):
    """The connection ended too early."""


class SSLCertVerificationError(SSLError, ValueError):
    """A certificate is not trusted."""


CertificateError = SSLCertVerificationError


class VerifyMode(enum.IntEnum):
    """Whether certificates are checked."""

    CERT_NONE = 0
    CERT_OPTIONAL = 1
    CERT_REQUIRED = 2


class TLSVersion(enum.IntEnum):
    """Versions of the protocol."""

    MINIMUM_SUPPORTED = -2
    SSLv3 = 768
    TLSv1 = 769
    TLSv1_1 = 770
    TLSv1_2 = 771
    TLSv1_3 = 772
    MAXIMUM_SUPPORTED = -1


class Options(enum.IntFlag):
    """Switches of a context."""

    OP_ALL = 0
    OP_NO_SSLv2 = 0
    OP_NO_SSLv3 = 1 << 25
    OP_NO_TLSv1 = 1 << 26
    OP_NO_TLSv1_1 = 1 << 28
    OP_NO_COMPRESSION = 1 << 17
    OP_NO_TICKET = 1 << 14
    OP_IGNORE_UNEXPECTED_EOF = 1 << 7


class VerifyFlags(enum.IntFlag):
    """Switches of the check of certificates."""

    VERIFY_DEFAULT = 0
    VERIFY_X509_PARTIAL_CHAIN = 1 << 19
    VERIFY_X509_STRICT = 1 << 5
    VERIFY_X509_TRUSTED_FIRST = 1 << 15


class Purpose(enum.Enum):
    """What a context is for."""

    SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"


CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = VerifyMode
PROTOCOL_TLS = PROTOCOL_SSLv23 = 2
PROTOCOL_TLS_CLIENT = 16
PROTOCOL_TLS_SERVER = 17
globals().update(Options.__members__)
globals().update(VerifyFlags.__members__)


def _unavailable(*_: Any, **__: Any) -> NoReturn:
    raise SSLError(MESSAGE)


class SSLContext:
    """Settings of connections that are never made."""

    def __init__(self, protocol: int = PROTOCOL_TLS) -> None:
        self.protocol = protocol
        self.check_hostname = protocol == PROTOCOL_TLS_CLIENT
        self.verify_mode = CERT_REQUIRED if self.check_hostname else CERT_NONE
        self.options = Options(0)
        self.verify_flags = VerifyFlags(0)
        self.minimum_version = TLSVersion.MINIMUM_SUPPORTED
        self.maximum_version = TLSVersion.MAXIMUM_SUPPORTED
        self.post_handshake_auth = False

    def _accept(self, *_: Any, **__: Any) -> None:
        """Settings without an effect."""

    load_cert_chain = load_default_certs = load_verify_locations = set_default_verify_paths = _accept
    set_alpn_protocols = set_ciphers = set_ecdh_curve = _accept
    wrap_socket = wrap_bio = _unavailable


class SSLSocket:
    """A socket with TLS."""

    __init__ = _unavailable


class SSLObject:
    """A connection with TLS without a socket."""

    __init__ = _unavailable


class MemoryBIO:
    """A buffer of a connection."""

    __init__ = _unavailable


class SSLSession:
    """A session of a connection."""


def create_default_context(purpose: Purpose = Purpose.SERVER_AUTH, **_: Any) -> SSLContext:
    """A context with the usual settings."""
    return SSLContext(PROTOCOL_TLS_CLIENT if purpose is Purpose.SERVER_AUTH else PROTOCOL_TLS_SERVER)


_create_default_https_context = _create_unverified_context = _create_stdlib_context = create_default_context
get_server_certificate = match_hostname = _unavailable


def install() -> None:
    """Becomes the module `ssl`."""
    sys.modules["ssl"] = sys.modules[__name__]

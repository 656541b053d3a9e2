#pragma once
// A certificate of this fleet and a signature by its key: how a node whose certificate has expired shows that it is still itself
// (spec/fleet-manager.md B3.3). Any thread.

#include "backend/core/result.h"

#include <QByteArray>
#include <QString>

#include <string_view>

namespace fb {

struct ProvenKey {
    QString serial; // as in CertificateRow
    QString publicKeySha256;
};

// The certificate's own word, proven to be spoken by the holder of its key: whether this fleet issued it, and to whom, is the registry's
// to say. ValidationException for what cannot be read or was signed by another key.
Result<ProvenKey> checkKeyProof(const QByteArray &certificateDer, std::string_view text,
                                const QByteArray &signature);

}

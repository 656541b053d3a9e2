#pragma once
// The desktop's secret service through QtKeychain; never its plain-text fallback. Needs a running event loop. Main thread.

#include "backend/security/master_key.h"

namespace fb {

class OsKeychain final : public Keychain
{
public:
    explicit OsKeychain(QString service = QStringLiteral("flagbridge"));
    void read(const QString &name, std::function<void(Answer)> done) override;
    void write(const QString &name, const SecretBytes &secret,
               std::function<void(QString problem)> done) override;

private:
    QString m_service;
    QObject m_context; // answers that come after its end are dropped
};

}

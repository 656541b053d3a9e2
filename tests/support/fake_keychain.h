#pragma once
// A keychain that does what a test says: locked, forgetful, failing. Answers at once.

#include "backend/security/master_key.h"

#include <QMap>

namespace fb::test {

class FakeKeychain final : public Keychain
{
public:
    void read(const QString &name, std::function<void(Answer)> done) override;
    void write(const QString &name, const SecretBytes &secret,
               std::function<void(QString problem)> done) override;

    QMap<QString, QByteArray> entries;
    QString problem;
    QString writeProblem;
    bool locked = false; // a locked keychain says "not found"
    bool forgets = false; // what it took, from the second read on
    int reads = 0;
    int writes = 0;
};

}

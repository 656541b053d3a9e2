#pragma once
// Takes what it is given and answers as a test says, at once.

#include "models/setup/key_backup.h"

#include <QStringList>

namespace fb::test {

class FakeKeyBackup final : public KeyBackup
{
public:
    bool isOffered() const override { return offered; }
    QString suggestedFile() const override { return QStringLiteral("/home/m.tanaka/flagbridge-key.sealed"); }
    void save(const QString &file, const QString &passphrase,
              std::function<void(const ShownError &problem)> done) override
    {
        saved.append({file, passphrase});
        done(problem);
    }

    bool offered = true;
    ShownError problem;
    QList<QPair<QString, QString>> saved;
};

}

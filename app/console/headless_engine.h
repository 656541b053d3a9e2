#pragma once
// "Keep running headless" (ux.md 7): starts flagbridge-engine on the store that this console has let go, by itself and for good. A key
// from the keychain is handed over as a systemd credential is: in a file of memory (tmpfs) that goes once it is read. Ui thread.

#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

class QTemporaryDir;

namespace fb {

struct HeadlessWish {
    QString program; // flagbridge-engine
    QString dataDir;
    QString storeUrl; // empty: SQLite
    QString listen; // "127.0.0.1:8443"
    QString advertise; // empty: that address
    QString passphraseFile; // empty: `key`, or what the environment names
    std::shared_ptr<SecretBytes> key; // of the keychain; null: the engine finds it as this console did
};

class HeadlessEngine : public QObject
{
    Q_OBJECT
public:
    explicit HeadlessEngine(QObject *parent = nullptr);
    ~HeadlessEngine() override;

    // Why it cannot be offered, for the operator; empty: it can.
    static QString whyNot(const QString &program, bool keyIsInKeychain);

    // `done`, with a problem or none, once the engine is ready or is not.
    void start(const HeadlessWish &wish, std::function<void(const Result<void> &)> done);

private:
    Result<void> launch(const HeadlessWish &wish);
    Result<void> layOutKey(const SecretBytes &key);
    void look();
    void finish(const Result<void> &result);
    QString lastWords() const;

    QTimer m_looks;
    qint64 m_left = 0; // looks until it has taken too long
    qint64 m_pid = 0;
    QString m_answers; // file of its ready line
    QString m_log; // file of what it says besides
    std::unique_ptr<QTemporaryDir> m_key;
    std::function<void(const Result<void> &)> m_done;
};

}

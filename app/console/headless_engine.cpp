#include "app/console/headless_engine.h"

#include "backend/base/fail.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <sys/vfs.h>

#include <fcntl.h>
#include <linux/magic.h>
#include <unistd.h>

#include <csignal>
#include <utility>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kLookMilliseconds = 50;
    constexpr int kMostLooks = 600; // 30 seconds

    QString runtimeFolder() { return qEnvironmentVariable("XDG_RUNTIME_DIR"); }

    bool isInMemory(const QString &folder)
    {
        struct statfs about {
        };
        return !folder.isEmpty() && statfs(QFile::encodeName(folder).constData(), &about) == 0
            && (about.f_type == TMPFS_MAGIC || about.f_type == RAMFS_MAGIC);
    }
}

HeadlessEngine::HeadlessEngine(QObject *parent) : QObject(parent)
{
    m_looks.setInterval(kLookMilliseconds);
    connect(&m_looks, &QTimer::timeout, this, &HeadlessEngine::look);
}

HeadlessEngine::~HeadlessEngine() = default;

QString HeadlessEngine::whyNot(const QString &program, bool keyIsInKeychain)
{
    if (!QFileInfo(program).isExecutable())
        return tr("There is no %1.").arg(program);
    if (keyIsInKeychain && !isInMemory(runtimeFolder()))
        return tr("The key in the keychain can be handed over only through a folder in memory "
                  "(XDG_RUNTIME_DIR).");
    return {};
}

// As systemd does: $CREDENTIALS_DIRECTORY/flagbridge.master, for this user alone.
Result<void> HeadlessEngine::layOutKey(const SecretBytes &key)
{
    m_key = std::make_unique<QTemporaryDir>(runtimeFolder() + u"/flagbridge-key-XXXXXX"_s);
    const QByteArray path = QFile::encodeName(m_key->filePath(u"flagbridge.master"_s));
    const int file = m_key->isValid() && isInMemory(m_key->path())
        ? ::open(path.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, S_IRUSR)
        : -1;
    const ssize_t written = file < 0 ? -1 : ::write(file, key.view().data(), key.size());
    if (file >= 0)
        ::close(file);
    if (written != static_cast<ssize_t>(key.size()))
        return fail(errors::kMasterKeyUnavailable,
                    u"The key cannot be handed over in %1."_s.arg(runtimeFolder()));
    return {};
}

Result<void> HeadlessEngine::launch(const HeadlessWish &wish)
{
    if (wish.key) {
        if (auto laidOut = layOutKey(*wish.key); !laidOut)
            return laidOut;
    }
    QProcess engine;
    engine.setProgram(wish.program);
    QStringList arguments {u"serve"_s, u"--data"_s, wish.dataDir, u"--listen"_s, wish.listen};
    const auto add = [&](const QString &option, const QString &value) {
        if (!value.isEmpty())
            arguments << option << value;
    };
    add(u"--advertise"_s, wish.advertise);
    add(u"--store"_s, wish.storeUrl);
    add(u"--passphrase-file"_s, wish.passphraseFile);
    engine.setArguments(arguments);
    if (m_key) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"CREDENTIALS_DIRECTORY"_s, m_key->path());
        engine.setProcessEnvironment(environment);
    }
    m_answers = wish.dataDir + u"/headless.ready"_s;
    m_log = wish.dataDir + u"/headless.log"_s;
    QFile::remove(m_answers);
    QFile::remove(m_log + u".1"_s);
    QFile::rename(m_log, m_log + u".1"_s); // what the one before said
    engine.setWorkingDirectory(wish.dataDir);
    engine.setStandardInputFile(QProcess::nullDevice());
    engine.setStandardOutputFile(m_answers);
    engine.setStandardErrorFile(m_log);
    if (!engine.startDetached(&m_pid))
        return qtError(errors::kServiceUnavailable,
                       u"%1 cannot be started: %2."_s.arg(wish.program, engine.errorString()));
    return {};
}

void HeadlessEngine::start(const HeadlessWish &wish, std::function<void(const Result<void> &)> done)
{
    m_done = std::move(done);
    if (auto launched = launch(wish); !launched)
        return finish(launched);
    m_left = kMostLooks;
    m_looks.start();
}

void HeadlessEngine::look()
{
    QFile answers(m_answers);
    if (answers.open(QIODevice::ReadOnly)
        && QJsonDocument::fromJson(answers.readLine())[u"event"].toString() == u"ready")
        return finish({});
    const bool lives = ::kill(static_cast<pid_t>(m_pid), 0) == 0;
    if (lives && --m_left > 0)
        return;
    if (lives)
        ::kill(static_cast<pid_t>(m_pid), SIGTERM);
    finish(qtError(errors::kServiceUnavailable,
                   u"The headless engine did not become ready: %1"_s.arg(lastWords())));
}

QString HeadlessEngine::lastWords() const
{
    QFile log(m_log);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    constexpr qint64 kMost = 500;
    log.seek(qMax<qint64>(0, log.size() - kMost));
    return QString::fromUtf8(log.readAll()).trimmed().section(u'\n', -1);
}

void HeadlessEngine::finish(const Result<void> &result)
{
    m_looks.stop();
    m_key.reset(); // it has been read, or never will be
    QFile::remove(m_answers);
    if (auto done = std::exchange(m_done, {}))
        done(result);
}

}

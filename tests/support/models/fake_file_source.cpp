#include "tests/support/models/fake_file_source.h"

#include <QPointer>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

template <typename T>
void FakeFileSource::later(QObject *asker, Answer<T> answered, const ShownError &told, const T &value)
{
    QMetaObject::invokeMethod(
        this,
        [asker = QPointer(asker), answered = std::move(answered), told, value] {
            if (asker)
                answered(told, told.isEmpty() ? value : T());
        },
        Qt::QueuedConnection);
}

void FakeFileSource::list(const QString &, const FileListWish &wish, QObject *asker,
                          Answer<FileListing> answered)
{
    wishes << wish;
    ShownError told = problem.value_or(ShownError());
    if (told.isEmpty() && !folders.contains(wish.folder))
        told = {.kind = ShownError::Kind::NotFound,
                .code = u"DoesNotExistException"_s,
                .message = u"cannot open %1: No such file or directory"_s.arg(QString::fromUtf8(wish.folder)),
                .field = {}};
    later<FileListing>(asker, std::move(answered), told, folders.value(wish.folder));
}

void FakeFileSource::read(const QString &, const QByteArray &path, bool, QObject *asker,
                          Answer<FileContent> answered)
{
    const ShownError none {.kind = ShownError::Kind::State,
                           .code = u"RefusedByNode"_s,
                           .message = u"cannot open it: Permission denied"_s,
                           .field = {}};
    later<FileContent>(asker, std::move(answered), contents.contains(path) ? ShownError() : none,
                       contents.value(path));
}

void FakeFileSource::tail(const QString &, const QByteArray &, bool, QObject *asker,
                          Answer<FileTailed> answered)
{
    later<FileTailed>(asker, std::move(answered), {}, {.lines = std::exchange(tailLines, {})});
}

void FakeFileSource::perform(const QString &, const FileDeed &deed, QObject *asker, Answer<QString> answered)
{
    deeds << deed;
    later<QString>(asker, std::move(answered), std::exchange(refusal, std::nullopt).value_or(ShownError()),
                   deed.kind == FileDeed::Kind::Checksum ? QString(64, u'a') : QString());
}

void FakeFileSource::save(const QString &, const QByteArray &, const QByteArray &content, const QByteArray &,
                          QObject *asker, Answer<FileSaveOutcome> answered)
{
    if (!conflict)
        written << content;
    later<FileSaveOutcome>(
        asker, std::move(answered), {},
        std::exchange(conflict, std::nullopt).value_or(FileSaveOutcome {.digest = "saved"}));
}

FileWorkState FakeFileSource::nextState()
{
    return workStates.isEmpty() ? FileWorkState {.id = 1, .isFinished = true, .items = 3, .bytes = 4096}
                                : workStates.takeFirst();
}

void FakeFileSource::begin(const QString &, const FileWork &work, QObject *asker,
                           Answer<FileWorkState> answered)
{
    works << work;
    later<FileWorkState>(asker, std::move(answered), {}, nextState());
}

void FakeFileSource::goOn(const QString &, const Step &step, QObject *asker, Answer<FileWorkState> answered)
{
    steps << step;
    later<FileWorkState>(asker, std::move(answered), {}, nextState());
}

QMap<QByteArray, FileListing> FakeFileSource::sample(Instant now)
{
    QMap<QByteArray, FileListing> all;
    const auto add = [&](const QByteArray &folder, const QByteArray &name, QChar type, qint64 size,
                         std::chrono::minutes age, int mode, const QString &user, const QString &link = {}) {
        FileListing &listing = all[folder];
        listing.folder = folder;
        listing.freeBytes = 41LL << 30;
        FileRow row;
        row.name = name;
        row.shownName = filePath::shown(name);
        row.type = type;
        row.size = size;
        row.modified = now - age;
        row.mode = mode;
        row.user = user;
        row.group = user;
        row.link = link;
        row.leadsToFolder = type == u'd' || link == u"nginx.d";
        listing.rows << row;
        listing.total = static_cast<int>(listing.rows.size());
    };
    for (const char *name : {"bin", "boot", "etc", "home", "srv", "tmp", "usr", "var"})
        add("/", name, u'd', 4096, 60min * 24 * 63, 0755, u"root"_s);
    add("/etc", "nginx", u'd', 4096, 60min * 30, 0755, u"root"_s);
    add("/etc", "sites", u'l', 7, 60min * 30, 0777, u"root"_s, u"nginx.d"_s);
    add("/etc", "hostname", u'-', 15, 60min * 24 * 63, 0644, u"root"_s);
    add("/etc", "shadow", u'-', 1412, 60min * 24 * 3, 0640, u"root"_s);
    add("/etc", "app.conf", u'-', 812, 4min, 0644, u"shop"_s);
    add("/etc", "app.log", u'-', 93LL << 20, 0min, 0640, u"shop"_s);
    add("/etc", "backup.tar.zst", u'-', 3LL << 30, 60min * 26, 0600, u"backup"_s);
    add("/etc", "broken\xff\nname", u'-', 0, 60min * 5, 0644, u"shop"_s);
    add("/etc", "control", u's', 0, 60min * 5, 0660, u"shop"_s);
    return all;
}

quint64 FakeTransferSource::upload(const QString &nodeId, const QString &local, const QByteArray &remote,
                                   bool replace)
{
    wishes.append({local, remote, true, replace});
    tell({.id = quint64(wishes.size()),
          .nodeId = nodeId,
          .isUpload = true,
          .name = QString::fromUtf8(filePath::name(remote)),
          .done = 0,
          .total = 1 << 20});
    return quint64(wishes.size());
}

quint64 FakeTransferSource::download(const QString &nodeId, const QByteArray &remote, const QString &local)
{
    wishes.append({local, remote, false, false});
    tell({.id = quint64(wishes.size()),
          .nodeId = nodeId,
          .isUpload = false,
          .name = QString::fromUtf8(filePath::name(remote)),
          .done = 0,
          .total = 1 << 20});
    return quint64(wishes.size());
}

QList<TransferState> FakeTransferSource::transfers(const QString &nodeId) const
{
    QList<TransferState> found;
    for (const TransferState &state : states) {
        if (state.nodeId == nodeId)
            found << state;
    }
    return found;
}

void FakeTransferSource::tell(const TransferState &state)
{
    const auto known = std::find_if(states.begin(), states.end(),
                                    [&state](const TransferState &each) { return each.id == state.id; });
    if (known == states.end())
        states.prepend(state);
    else
        *known = state;
    emit changed(state);
}

}

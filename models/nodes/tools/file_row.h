#pragma once
// A file of a node as its table shows it, and what may be done to files (spec/fleet-manager.md 3.4). Names and paths are bytes: what is no UTF-8
// is shown escaped and goes back as it came. Values; ui thread.

#include "models/table/shown_error.h"
#include "models/table/value_table_model.h"

#include <QByteArray>
#include <QCoreApplication>

namespace fb {

struct FileRow {
    QByteArray name;
    QString shownName; // neutral
    QChar type; // - d l p s c b
    qint64 size = 0;
    Instant modified {};
    QString user;
    QString group;
    int mode = 0; // 07777
    QString link; // what a link says, neutral
    bool leadsToFolder = false;
    bool operator==(const FileRow &) const = default;

    QString id() const { return QString::fromLatin1(name.toPercentEncoding()); }
    bool isPlain() const { return type == u'-'; }
};

class FileColumns
{
    Q_DECLARE_TR_FUNCTIONS(fb::FileColumns)
public:
    enum Column { Name, Size, Modified, User, Group, Mode, Type, Link };
    static QList<TableColumn<FileRow>> all();
    static QString typeWord(const FileRow &row);
    static QString modeText(int mode); // "rwxr-xr-x"
    static QString sizeText(qint64 bytes);
};

namespace filePath {
    QByteArray joined(const QByteArray &folder, const QByteArray &name);
    QByteArray parent(const QByteArray &path); // of / it is /
    QByteArray name(const QByteArray &path);
    QString shown(const QByteArray &path); // neutral; what is no UTF-8 as \xff
    QByteArray typed(const QString &text); // back from shown()
}

enum class FileSort { Name, Size, Modified, Type };

struct FileListing {
    QByteArray folder; // as the node calls it
    QList<FileRow> rows;
    int total = 0;
    int offset = 0;
    quint64 listing = 0;
    qint64 freeBytes = 0;
    int hidden = 0; // left out
};

struct FileListWish {
    QByteArray folder;
    FileSort sort = FileSort::Name;
    bool descending = false;
    bool hidden = false;
    int offset = 0;
    quint64 listing = 0; // goes on with that one
};

struct FileContent {
    QByteArray bytes;
    QString encoding; // "utf-8", "utf-16le", "utf-16be", "latin-1", "binary"
    qint64 size = 0; // of the file
    bool cut = false;
    int lines = 0;
    int cutLines = 0; // longer than 64 KiB
    QByteArray digest; // for editing
    QString text() const; // decoded, or a hex view
};

struct FileTailed {
    QStringList lines; // neutral
    QString happened; // "rotated", "truncated", "gone"; empty: nothing
    qint64 dropped = 0;
    qint64 size = 0;
};

struct FileDeed {
    enum class Kind { MakeFolder, MakeFile, Rename, Mode, Owner, Checksum };
    Kind kind = Kind::MakeFolder;
    QByteArray path;
    QByteArray name; // Rename
    int mode = 0;
    QString user;
    QString group;
    bool operator==(const FileDeed &) const = default;
};

struct FileSaveOutcome {
    QByteArray digest; // of what is there now
    bool isConflict = false; // somebody changed it meanwhile; nothing was written
    QByteArray content; // of the conflict
};

enum class FileChoice { Skip = 1, Replace = 2, KeepBoth = 3 };

struct FileWork { // that takes its time
    enum class Kind { Measure, Delete, Copy, Move };
    Kind kind = Kind::Measure;
    QList<QByteArray> paths;
    QByteArray into;
    bool operator==(const FileWork &) const = default;
};

struct FileWorkState {
    quint64 id = 0;
    bool isFinished = false;
    bool isCancelled = false;
    qint64 items = 0;
    qint64 bytes = 0;
    qint64 failed = 0;
    qint64 skipped = 0;
    QStringList failures; // since it was told before, in the node's words
    QByteArray question; // path of what is there already; empty: none
    QString current;
};

}

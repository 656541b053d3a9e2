#pragma once
// The file system of one node as its page shows it (spec/fleet-manager.md 3.4): one folder, page by page; a clipboard of paths; work that takes
// its time, with its questions. Ui thread.

#include "models/nodes/tools/file_source.h"

#include <QObject>
#include <QTimer>

namespace fb {

class FilesViewModel : public QObject
{
    Q_OBJECT
public:
    enum class State { Waiting, Live, Offline, Failed };

    FilesViewModel(FileSource &source, const QString &nodeId, QObject *parent = nullptr);
    ~FilesViewModel() override; // closes the channel

    ValueTableModel<FileRow> &table() { return m_table; }
    const FileRow *file(const QString &id) const { return m_table.value(id); }
    QByteArray pathOf(const FileRow &row) const { return filePath::joined(m_listing.folder, row.name); }
    const QByteArray &folder() const { return m_listing.folder; }
    const FileListing &listing() const { return m_listing; } // without its rows
    State state() const { return m_state; }
    const ShownError &problem() const { return m_problem; }
    bool isReading() const { return m_isReading; }
    bool hasMore() const { return m_table.totalRows() < m_listing.total; }
    bool showsHidden() const { return m_wish.hidden; }
    Instant asOf() const { return m_asOf; } // of what is shown; 0: nothing is yet
    Instant now() const { return m_source.now(); }

    void setConnected(bool connected); // as the fleet knows it; back again, the folder is read again
    void open(const QByteArray &folder); // absolute
    void openParent() { open(filePath::parent(folder())); }
    void refresh();
    void readMore();
    void setHidden(bool shown);
    void setOrder(FileSort sort, bool descending); // asked of the node while not everything is here

    void perform(const FileDeed &deed);

    // Cut and copied paths, to be pasted into another folder.
    void take(const QList<QByteArray> &paths, bool cut);
    bool canPaste() const { return !m_taken.isEmpty() && !isWorking(); }
    void paste();

    void begin(const FileWork &work); // one at a time
    bool isWorking() const { return m_work.has_value(); }
    const FileWork *work() const { return m_work ? &*m_work : nullptr; }
    const FileWorkState &workState() const { return m_workState; }
    void answer(FileChoice choice, bool forAll);
    void cancelWork();

    FileSource &source() { return m_source; }
    const QString &nodeId() const { return m_nodeId; }

signals:
    void changed(); // folder, state, counts, clipboard
    void done(const fb::FileDeed &deed, const QString &result);
    void refused(const fb::FileDeed &deed, const fb::ShownError &problem);
    void workChanged();
    void questionAsked(const QByteArray &path); // that is there already
    void workEnded(const fb::FileWork &work, const fb::FileWorkState &state, const fb::ShownError &problem);

private:
    void read(const FileListWish &wish);
    void takeListing(const FileListing &listing);
    void takeWork(const ShownError &problem, const FileWorkState &state);

    FileSource &m_source;
    QString m_nodeId;
    ValueTableModel<FileRow> m_table;
    FileListing m_listing;
    FileListWish m_wish;
    State m_state = State::Waiting;
    ShownError m_problem;
    bool m_isReading = false;
    quint64 m_token = 0; // of the newest reading
    Instant m_asOf {};
    QList<QByteArray> m_taken;
    bool m_isCut = false;
    std::optional<FileWork> m_work;
    FileWorkState m_workState;
    bool m_wantsCancel = false;
    std::optional<std::pair<FileChoice, bool>> m_choice;
};

}

#pragma once
// A node's page > Files (spec/fleet-manager.md 3.4): one folder at a time, what a file holds beside it, everything that is done to files, and the
// files on their way. Reads when it is shown first, and after each change. Ui thread.

#include "models/nodes/tools/files_view_model.h"
#include "models/nodes/tools/transfer_source.h"

#include <QWidget>

class QLineEdit;
class QMenu;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace fb {

class Banner;
class DataTable;
class FilePane;
class GreyedEffect;
class TableBar;
class TextLabel;
class TransferStrip;

class FilesTab : public QWidget
{
    Q_OBJECT
public:
    FilesTab(FileSource &source, TransferSource &transfers, const QString &nodeId, QWidget *parent = nullptr);
    void setNodeName(const QString &name) { m_nodeName = name; } // for questions
    void setConnected(bool connected) { m_model.setConnected(connected); }
    void focusFilter();

protected:
    void showEvent(QShowEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *makePathLine();
    QWidget *makeList();
    QWidget *makeFoot();
    void update();
    void updateActions();
    void fillMenu(QMenu *menu);
    void openRow(const QString &id);
    void showContent(const FileRow &row);
    QList<QByteArray> chosenPaths() const;
    const FileRow *current() const;
    bool isOffline() const { return m_model.state() == FilesViewModel::State::Offline; }

    void askName(FileDeed::Kind kind);
    void askPermissions();
    void askDelete(const QStringList &ids);
    void confirmDelete(const QList<QByteArray> &paths, const FileWorkState &measured);
    void chooseUpload();
    void upload(const QStringList &files);
    void chooseDownload();
    void showDone(const FileDeed &deed, const QString &result);
    void showRefused(const FileDeed &deed, const ShownError &problem);
    void showWorkEnd(const FileWork &work, const FileWorkState &state, const ShownError &problem);

    FilesViewModel m_model;
    TransferSource &m_transfers;
    QString m_nodeName;
    Banner *m_banner;
    QLineEdit *m_path;
    QToolButton *m_up;
    QToolButton *m_refresh;
    DataTable *m_table;
    TableBar *m_bar;
    QPushButton *m_actions;
    QPushButton *m_upload;
    FilePane *m_pane;
    TransferStrip *m_strip;
    TextLabel *m_status;
    QPushButton *m_more;
    QPushButton *m_cancel;
    TextLabel *m_empty;
    GreyedEffect *m_greyed;
    QStackedLayout *m_stack = nullptr;
};

}

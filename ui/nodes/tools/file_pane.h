#pragma once
// Beside the files of a node: what one of them holds. The beginning as text or bytes; its end as it grows; the whole in an editor, which never
// writes over what somebody changed meanwhile but shows the difference. Ui thread.

#include "models/nodes/tools/file_tail.h"
#include "ui/widgets/surface.h"

class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace fb {

class Banner;
class CodeEditor;
class DiffView;
class NumberedText;
class TextLabel;
class TextViewer;

class FilePane : public Surface
{
    Q_OBJECT
public:
    FilePane(FileSource &source, const QString &nodeId, QWidget *parent = nullptr);

    void showFile(const QByteArray &path, bool mayEdit); // reads its beginning
    void showLog(const QByteArray &path); // follows it at once, if it is text; never edited
    void follow();
    void edit();
    const QByteArray &path() const { return m_path; }
    bool hasUnsaved() const;

signals:
    void closeClicked();
    void saved(const QByteArray &path);

private:
    enum Part { Reading, Text, Tail, Editor, Difference };

    void read(bool forEdit);
    void take(const FileContent &content);
    void takeForEdit(const FileContent &content);
    void save();
    void takeSaved(const FileSaveOutcome &outcome, const QByteArray &written);
    void showPart(Part part);
    void fail(const ShownError &problem, const QString &statement);
    void appendTail(const QStringList &lines);
    Part part() const;

    FileSource &m_source;
    QString m_nodeId;
    QByteArray m_path;
    bool m_mayEdit = true;
    bool m_isLog = false; // to be followed once it is known to be text
    quint64 m_token = 0; // of the newest reading
    TextLabel *m_title;
    TextLabel *m_note;
    Banner *m_banner;
    QPushButton *m_follow;
    QPushButton *m_edit;
    QPushButton *m_save;
    QPushButton *m_discard;
    QPushButton *m_pause;
    QLineEdit *m_filter;
    QStackedWidget *m_parts;
    TextViewer *m_text;
    NumberedText *m_lines;
    CodeEditor *m_editor;
    DiffView *m_diff;
    std::unique_ptr<FileTailModel> m_tail;
    QByteArray m_digest; // of what was opened
    QString m_opened; // its text
    QByteArray m_theirs; // of a conflict: the digest of what is there
};

}

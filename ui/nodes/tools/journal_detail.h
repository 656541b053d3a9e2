#pragma once
// Beside a journal: one entry with all its fields, what of it was cut, and a copy of it as JSON. Ui thread.

#include "models/nodes/tools/journal_row.h"
#include "models/table/shown_error.h"
#include "ui/widgets/surface.h"

class QPushButton;

namespace fb {

class Banner;
class Chip;
class TextLabel;
class TextViewer;

class JournalDetail : public Surface
{
    Q_OBJECT
public:
    explicit JournalDetail(QWidget *parent = nullptr);

    void showReading(const JournalRow &row); // what the table knows, until the rest comes
    void showEntry(const JournalEntry &entry);
    void showProblem(const ShownError &problem);
    const QString &rowId() const { return m_rowId; }
    static QString textOf(const JournalEntry &entry); // the message, then every field

signals:
    void closeClicked();

private:
    QString m_rowId;
    JournalEntry m_entry;
    TextLabel *m_title;
    Chip *m_priority;
    TextLabel *m_note;
    Banner *m_banner;
    QPushButton *m_copy;
    TextViewer *m_text;
};

}

#pragma once
// Writes the rows of a table that match now, all of them, into a file: bit by bit between the events of the window, whole or not at all (ux.md
// 3). Rows that go meanwhile are left out; the rest is as it is when its turn comes. Ui thread.

#include "models/table/live_table_model.h"
#include "models/table/older_rows.h"
#include "models/table/table_text.h"

#include <QPointer>
#include <QSaveFile>
#include <QTimer>

namespace fb {

class TableExport : public QObject
{
    Q_OBJECT
public:
    struct Wish {
        QString file;
        TextForm form = TextForm::Csv;
        bool byteOrderMark = false; // Excel reads CSV as UTF-8 with it
        QList<int> columns;
    };
    // `older`: rows of it that are not read yet are read first; null: there are none. Borrowed.
    TableExport(const LiveTableModel &table, const Wish &wish, OlderRows *older, QObject *parent = nullptr);

    void start();
    void cancel(); // nothing is left behind
    bool isReading() const { return m_isReading; } // what is older
    bool isCut() const { return m_isCut; } // what is older than the most rows of the list is not in it
    int done() const { return static_cast<int>(m_next); }
    int total() const { return static_cast<int>(m_ids.size()); }
    QString file() const { return m_wish.file; }
    const QString &problem() const { return m_problem; } // why it failed; empty: it did not

signals:
    void progressed();
    void finished(bool written);

private:
    void begin();
    void writeSome();
    void fail();
    bool put(const QString &text);

    QPointer<const LiveTableModel> m_table;
    QPointer<OlderRows> m_older;
    bool m_isReading = false;
    bool m_isCut = false;
    TableQuery m_query; // when it was asked for
    Wish m_wish;
    TableText m_text;
    QStringList m_ids;
    qsizetype m_next = 0;
    bool m_isFirst = true;
    QSaveFile m_out;
    QTimer m_soon;
    QString m_problem;
};

}

#pragma once
// The filter line of a table (ux.md 3): free text narrows at once; "Property operator values" becomes a token with Enter, suggested while it is
// typed. Left walks into the tokens, Enter or a click edits one, Escape leaves it as it was, Backspace removes the last; the line is copied and
// pasted as text. What is wrong marks the line, says why, and keeps the last good result; nothing that was typed is lost. Ui thread.

#include "models/table/live_table_model.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class QKeyEvent;
class QLineEdit;

namespace fb {

class FilterSuggestions;
struct FilterSuggestion;

class FilterLine : public QWidget
{
    Q_OBJECT
public:
    explicit FilterLine(const QString &objectName, QWidget *parent = nullptr);

    void setPlaceholder(const QString &text);
    void setTable(const LiveTableModel *table); // whose properties and values it speaks of
    void setQuery(const TableQuery &query);
    TableQuery query() const;
    void setCounts(int shown, int total);
    void toggleToken(const FilterToken &token); // in, or out when it is there
    bool hasToken(const FilterToken &token) const { return m_tokens.contains(token); }
    void clear() { setQuery({}); }
    QString problem() const { return m_problem; } // with what is typed; empty: none
    QSize sizeHint() const override;

signals:
    void queryChanged(const fb::TableQuery &query);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct TokenPlace {
        qsizetype token;
        QRect chip;
        QRect cross;
    };
    bool keyPressed(const QKeyEvent &key); // true: taken
    bool keyInTokens(const QKeyEvent &key);
    bool escape();
    bool keyInSuggestions(const QKeyEvent &key);
    void typed();
    void commit(); // what is typed as a token, when it is one
    void take(const FilterSuggestion &suggestion);
    void suggest();
    void hideSuggestions();
    void setProblem(const QString &problem);
    void editToken(qsizetype token);
    void endEdit(); // its place is filled, or it is given up
    void cancelEdit();
    bool
    settleTyped(qsizetype &token); // before `token` is edited; false: what is typed has to be mended first
    void removeToken(qsizetype token);
    void choose(qsizetype token); // by keyboard; -1: the text
    bool paste();
    void changed();
    void layOut();
    bool isToken() const; // what is typed has the form of one
    FilterSuggestions &suggestions();
    QRect underText() const;

    QLineEdit *m_edit;
    const LiveTableModel *m_table = nullptr;
    QPointer<FilterSuggestions> m_suggestions;
    QList<FilterToken> m_tokens;
    QList<TokenPlace> m_places; // of those that fit
    qsizetype m_hidden = 0; // tokens at the front that do not
    qsizetype m_chosen = -1;
    std::optional<FilterToken> m_edited; // as it was
    qsizetype m_insertAt = 0; // where it goes back
    QString m_aside; // words that were typed before it was edited
    QString m_problem;
    QString m_countText;
};

}

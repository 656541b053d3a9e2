#pragma once
// The filter line of a table (ux.md 3): free text narrows at once; "property=value" followed by Enter or a blank becomes a token.
// Backspace at the start takes the last token back. Unknown properties mark the line and keep the last good result. Ui thread.

#include "models/table/table_query.h"

#include <QWidget>

class QLineEdit;

namespace fb {

class FilterLine : public QWidget
{
    Q_OBJECT
public:
    explicit FilterLine(const QString &objectName, QWidget *parent = nullptr);

    void setPlaceholder(const QString &text);
    void setKeys(const QStringList &keys); // properties that exist; "tag:" allows every tag key
    void setQuery(const TableQuery &query);
    TableQuery query() const;
    void setCounts(int shown, int total);
    void toggleToken(const FilterToken &token); // in, or out when it is there
    bool hasToken(const FilterToken &token) const { return m_tokens.contains(token); }
    void clear() { setQuery({}); }
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
        QRect chip;
        QRect cross;
    };
    void takeTokens(); // from the typed text
    void changed();
    void layOut();
    bool isKnown(const QString &key) const;

    QLineEdit *m_edit;
    QList<FilterToken> m_tokens;
    QList<TokenPlace> m_places;
    QStringList m_keys;
    QString m_countText;
};

}

#pragma once
// A label in one of the theme's type roles and colours; follows theme switches. Always plain text: names and output from nodes must
// never be taken for markup (security U01). Ui thread.

#include "ui/theme/theme.h"

#include <QLabel>

namespace fb {

class TextLabel : public QLabel
{
    Q_OBJECT
public:
    explicit TextLabel(TextRole role, Token color = Token::Text, QWidget *parent = nullptr);
    TextLabel(const QString &text, TextRole role, Token color = Token::Text, QWidget *parent = nullptr);

    void setRole(TextRole role);
    void setToken(Token color);
    void setTone(Tone tone); // instead of a token
    // Shortened with an ellipsis where it does not fit; the whole text is the tooltip then.
    void setElided(Qt::TextElideMode mode);
    // Wraps, and within a word too where one is longer than a line: a path, an ARN. Can be selected. Stands in one line up to `leastWidth`.
    void setWrapsAnywhere(int leastWidth);
    bool isElided() const { return m_elide != Qt::ElideNone; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyTheme();
    void layOut() const; // as wrapping anywhere wants it
    int lineWidth() const; // of all of it in one line

    TextRole m_role;
    Token m_token;
    Tone m_tone = Tone::Neutral;
    Qt::TextElideMode m_elide = Qt::ElideNone;
    int m_leastWidth = -1; // wraps anywhere; -1: as QLabel does
};

}

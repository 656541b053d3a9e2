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
    bool isElided() const { return m_elide != Qt::ElideNone; }
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyTheme();

    TextRole m_role;
    Token m_token;
    Tone m_tone = Tone::Neutral;
    Qt::TextElideMode m_elide = Qt::ElideNone;
};

}

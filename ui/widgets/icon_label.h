#pragma once
// An icon that stands by itself, in the theme of the moment. Ui thread.

#include "ui/theme/theme.h"

#include <QWidget>

namespace fb {

class IconLabel : public QWidget
{
    Q_OBJECT
public:
    explicit IconLabel(Icon icon, Token color = Token::Text2, int size = Metrics::kIcon,
                       QWidget *parent = nullptr);
    void setTone(Tone tone); // instead of a token

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Icon m_icon;
    Token m_color;
    Tone m_tone = Tone::Neutral;
    int m_size;
};

}

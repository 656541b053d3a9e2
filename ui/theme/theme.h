#pragma once
// The look of the whole program as one value: colours, tones, fonts, sizes and icons (look.md). FlagbridgeStyle owns the current
// one; widgets ask `themeOf(widget)` each time they paint and keep no colour. Ui thread.

#include "ui/theme/fonts.h"
#include "ui/theme/icon.h"
#include "ui/theme/metrics.h"
#include "ui/theme/text_store.h"
#include "ui/theme/tone.h"

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QPixmap>

#include <memory>

class QWidget;

namespace fb {

class IconStore;
struct TerminalColors; // theme_tables.h

// Chrome icons have a finer line than those of states (look.md 5).
enum class Stroke { Chrome, Status };

class Theme
{
public:
    Theme(Scheme scheme, const QFont &interface);

    Scheme scheme() const { return m_scheme; }
    bool isHighContrast() const { return m_scheme == Scheme::HighContrast; }
    const Metrics &metrics() const { return m_metrics; }
    const QFont &font(TextRole role) const { return m_texts->font(role); }
    TextStore &texts() const { return *m_texts; } // shaped lines of its fonts
    QFont interfaceFont() const { return m_font; }

    QColor color(Token token) const;
    QColor toneText(Tone tone) const;
    QColor toneSoft(Tone tone) const;
    QColor toneFill(Tone tone) const;
    QColor toneOutline(Tone tone)
        const; // 40 % of the tone's text over 60 % of its soft fill; the tone itself in high contrast
    QColor series(int index) const; // chart series, in order
    const TerminalColors &terminal() const;
    QPalette palette() const;

    // A tinted pixmap at device pixels, from a cache that lives as long as this theme.
    QPixmap pixmap(Icon icon, const QColor &tint, int size, qreal deviceRatio,
                   Stroke stroke = Stroke::Chrome) const;
    // For buttons and actions: text2 at rest, onAccent for QIcon::Selected, disabled for QIcon::Disabled. Follows theme switches.
    static QIcon icon(Icon icon, Token rest = Token::Text2);

private:
    Scheme m_scheme;
    QFont m_font;
    Metrics m_metrics;
    std::shared_ptr<IconStore> m_icons;
    std::shared_ptr<TextStore> m_texts;
};

// The theme of the application's style. Every program that shows widgets installs FlagbridgeStyle first.
const Theme &themeOf(const QWidget *widget);

}

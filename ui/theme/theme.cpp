#include "ui/theme/theme.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/theme/icon_store.h"
#include "ui/theme/theme_tables.h"

#include <QApplication>
#include <QFontInfo>
#include <QIconEngine>
#include <QPainter>
#include <QWidget>

namespace fb {

namespace {

    QColor mixed(const QColor &a, const QColor &b, double shareOfA)
    {
        const auto mix = [shareOfA](int x, int y) { return qRound(x * shareOfA + y * (1 - shareOfA)); };
        return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
    }

    // Draws in the theme of the moment, so that a button's icon follows a switch without being set again.
    class TintedIconEngine final : public QIconEngine
    {
    public:
        TintedIconEngine(Icon icon, Token rest) : m_icon(icon), m_rest(rest) { }

        void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
        {
            const qreal ratio = painter->device()->devicePixelRatioF();
            painter->drawPixmap(rect, tinted(rect.size(), mode, ratio));
        }
        QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
        {
            return tinted(size / scale, mode, scale);
        }
        QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
        {
            return tinted(size, mode, 1);
        }
        QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override { return size; }
        QIconEngine *clone() const override { return new TintedIconEngine(*this); }

    private:
        QPixmap tinted(const QSize &size, QIcon::Mode mode, qreal ratio) const
        {
            const Token token = mode == QIcon::Selected ? Token::OnAccent
                : mode == QIcon::Disabled               ? Token::Disabled
                                                        : m_rest;
            const Theme &theme = themeOf(nullptr);
            return theme.pixmap(m_icon, theme.color(token), qMin(size.width(), size.height()), ratio);
        }

        Icon m_icon;
        Token m_rest;
    };
}

Theme::Theme(Scheme scheme, const QFont &interface)
    : m_scheme(scheme),
      m_font(interface),
      m_metrics(QFontInfo(interface).pixelSize()),
      m_icons(std::make_shared<IconStore>()),
      m_texts(std::make_shared<TextStore>(interface))
{
}

QColor Theme::color(Token token) const
{
    return QColor::fromRgba(themeTable(m_scheme).tokens[static_cast<size_t>(token)]);
}

QColor Theme::toneText(Tone tone) const
{
    return QColor::fromRgb(themeTable(m_scheme).tones[static_cast<size_t>(tone)].text);
}

QColor Theme::toneSoft(Tone tone) const
{
    return QColor::fromRgb(themeTable(m_scheme).tones[static_cast<size_t>(tone)].soft);
}

QColor Theme::toneFill(Tone tone) const
{
    return QColor::fromRgb(themeTable(m_scheme).tones[static_cast<size_t>(tone)].fill);
}

QColor Theme::toneOutline(Tone tone) const
{
    return isHighContrast() ? toneText(tone) : mixed(toneText(tone), toneSoft(tone), 0.4);
}

QColor Theme::series(int index) const
{
    const auto &all = themeTable(m_scheme).series;
    return QColor::fromRgb(all[static_cast<size_t>(index) % all.size()]);
}

const TerminalColors &Theme::terminal() const { return themeTable(m_scheme).terminal; }

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) { palette.setColor(role, color(token)); };
    set(QPalette::Window, Token::Page);
    set(QPalette::WindowText, Token::Text);
    set(QPalette::Base, Token::Base);
    set(QPalette::AlternateBase, Token::Sunken);
    set(QPalette::Text, Token::Text);
    set(QPalette::Button, Token::Raised);
    set(QPalette::ButtonText, Token::Text);
    set(QPalette::BrightText, Token::OnAccent);
    set(QPalette::Light, Token::Raised);
    set(QPalette::Midlight, Token::Border);
    set(QPalette::Mid, Token::Border);
    set(QPalette::Dark, Token::BorderStrong);
    set(QPalette::Shadow, Token::BorderStrong);
    set(QPalette::Highlight, Token::Selection);
    set(QPalette::HighlightedText, Token::Text);
    set(QPalette::Link, Token::AccentText);
    set(QPalette::LinkVisited, Token::AccentText);
    set(QPalette::PlaceholderText, Token::Text3);
    set(QPalette::ToolTipBase, Token::Raised);
    set(QPalette::ToolTipText, Token::Text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::Link})
        palette.setColor(QPalette::Disabled, role, color(Token::Disabled));
    palette.setColor(QPalette::Inactive, QPalette::Highlight, color(Token::SelectionIdle));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(Token::SelectionIdle));
    return palette;
}

QPixmap Theme::pixmap(Icon icon, const QColor &tint, int size, qreal deviceRatio, Stroke stroke) const
{
    return m_icons->pixmap(icon, tint, size, deviceRatio, stroke);
}

QIcon Theme::icon(Icon icon, Token rest) { return QIcon(new TintedIconEngine(icon, rest)); }

const Theme &themeOf(const QWidget *widget)
{
    const QStyle *style = widget ? widget->style() : QApplication::style();
    const auto *ours = qobject_cast<const FlagbridgeStyle *>(style);
    if (!ours)
        ours = qobject_cast<const FlagbridgeStyle *>(QApplication::style());
    Q_ASSERT_X(ours, "themeOf", "FlagbridgeStyle is not installed");
    return ours->theme();
}

}

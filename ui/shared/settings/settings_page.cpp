#include "ui/shared/settings/settings_page.h"

#include "models/settings/console_settings.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFontInfo>
#include <QSpinBox>
#include <QTimeEdit>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    // A card with a heading, whose parts stand under each other.
    std::pair<Surface *, QVBoxLayout *> card(const QString &heading, const Metrics &m)
    {
        auto *surface = Surface::card();
        auto *column = new QVBoxLayout(surface);
        column->setContentsMargins(m.cardPadding(), m.cardPadding(), m.cardPadding(), m.cardPadding());
        column->setSpacing(m.fieldGap());
        column->addWidget(new TextLabel(heading, TextRole::SectionHeading));
        return {surface, column};
    }

    TextLabel *note(const QString &text)
    {
        auto *label = new TextLabel(text, TextRole::Small, Token::Text2);
        label->setWordWrap(true);
        return label;
    }

    // `choices`: value, text. The one that stands for `value` is chosen; else the first.
    QComboBox *combo(const QString &name, const QList<QPair<QVariant, QString>> &choices,
                     const QVariant &value)
    {
        auto *box = new QComboBox;
        box->setObjectName(name);
        for (const auto &[key, text] : choices)
            box->addItem(text, key);
        box->setCurrentIndex(qMax(0, box->findData(value)));
        return box;
    }
}

SettingsPage::SettingsPage(ConsoleSettings &settings, SettingsPageSetup setup, QWidget *parent)
    : Page(u"settings"_s, parent),
      m_settings(settings),
      m_setup(std::move(setup))
{
    const Metrics &m = themeOf(this).metrics();
    auto *head = new PageHead;
    head->setTitle(tr("Settings"));
    head->setSubtitle(tr("For this console on this machine; changes take effect at once"));
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), m.pageMargin());
    column->setSpacing(m.cardGap());
    for (QWidget *part : {makeLook(), makeAsking(), makeSessions(), makeNotices(), makeKeys(), makeFacts()}) {
        part->setMaximumWidth(m.lines(44));
        column->addWidget(part);
    }
    column->addStretch(1);
    auto *scroll = new ScrollBox(tr("Settings"));
    scroll->setObjectName(u"settingsScroll"_s);
    scroll->setContent(inside);
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    upper->addWidget(head);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper);
    all->addWidget(scroll, 1);
}

QWidget *SettingsPage::makeLook()
{
    const auto [surface, column] = card(tr("Appearance and language"), themeOf(this).metrics());
    auto *theme = combo(u"settingsTheme"_s,
                        {{u"system"_s, tr("Follow the system")},
                         {u"light"_s, tr("Light")},
                         {u"dark"_s, tr("Dark")},
                         {u"high-contrast"_s, tr("High contrast")}},
                        m_settings.theme());
    connect(theme, &QComboBox::activated, this,
            [this, theme] { m_settings.setTheme(theme->currentData().toString()); });
    // The menu changes them too.
    connect(&m_settings, &ConsoleSettings::changed, theme, [this, theme](const QString &key) {
        if (key == u"theme")
            theme->setCurrentIndex(qMax(0, theme->findData(m_settings.theme())));
    });
    QList<QPair<QVariant, QString>> languages {{QString(), tr("Follow the system")}};
    for (const auto &[code, name] : std::as_const(m_setup.languages))
        languages.append({code, name});
    auto *language = combo(u"settingsLanguage"_s, languages, m_settings.language());
    connect(language, &QComboBox::activated, this,
            [this, language] { m_settings.setLanguage(language->currentData().toString()); });
    QList<QPair<QVariant, QString>> sizes {{0, tr("Follow the system")}};
    for (int pixels = ConsoleSettings::kSmallestText; pixels <= ConsoleSettings::kLargestText; ++pixels)
        sizes.append({pixels, tr("%1 pixels").arg(pixels)});
    auto *size = combo(u"settingsTextSize"_s, sizes, m_settings.textPixels());
    connect(size, &QComboBox::activated, this,
            [this, size] { m_settings.setTextPixels(size->currentData().toInt()); });
    auto *motion = new QCheckBox(tr("Reduce motion: nothing slides, fades or flashes"));
    motion->setObjectName(u"settingsMotion"_s);
    motion->setChecked(m_settings.reducedMotion());
    connect(motion, &QCheckBox::toggled, &m_settings, &ConsoleSettings::setReducedMotion);
    auto *line = new QHBoxLayout;
    line->setSpacing(themeOf(this).metrics().step(5));
    line->addWidget(new FormField(tr("Theme"), theme), 0, Qt::AlignTop);
    line->addWidget(new FormField(tr("Language"), language), 0, Qt::AlignTop);
    line->addWidget(new FormField(tr("Text size"), size), 0, Qt::AlignTop);
    line->addStretch(1);
    column->addLayout(line);
    column->addWidget(motion);
    return surface;
}

QWidget *SettingsPage::makeAsking()
{
    const auto [surface, column] = card(tr("Confirming wide changes"), themeOf(this).metrics());
    auto *above = new QSpinBox;
    above->setObjectName(u"settingsConfirmAbove"_s);
    above->setRange(1, ConsoleSettings::kMostConfirmAbove);
    above->setValue(m_settings.confirmAbove());
    connect(above, &QSpinBox::valueChanged, &m_settings, &ConsoleSettings::setConfirmAbove);
    column->addWidget(new FormField(tr("Nodes in a run"), above,
                                    tr("A run on more nodes than this asks you to type their number.")));
    return surface;
}

QWidget *SettingsPage::makeSessions()
{
    const auto [surface, column] = card(tr("Sessions"), themeOf(this).metrics());
    auto *lines = new QSpinBox;
    lines->setObjectName(u"settingsScrollback"_s);
    lines->setRange(0, ConsoleSettings::kMostScrollback);
    lines->setSingleStep(1000);
    lines->setGroupSeparatorShown(true);
    lines->setValue(m_settings.scrollbackLines());
    connect(lines, &QSpinBox::valueChanged, &m_settings, &ConsoleSettings::setScrollbackLines);
    column->addWidget(
        new FormField(tr("Lines kept above the screen"), lines,
                      tr("For sessions opened from now on. Beyond 50,000 they are stored encrypted in a "
                         "temporary file; the whole session is in its recording.")));
    return surface;
}

QWidget *SettingsPage::makeNotices()
{
    const auto [surface, column] = card(tr("Notifications on the desktop"), themeOf(this).metrics());
    column->addWidget(
        note(tr("Shown while the console is in the background. All of them stay listed in the console.")));
    const QList<std::tuple<NoticeKind, QString, QString>> kinds {
        {NoticeKind::RunEnded, u"settingsTellRuns"_s, tr("A run has ended")},
        {NoticeKind::NodeLost, u"settingsTellNodes"_s, tr("A node was lost or quarantined")},
        {NoticeKind::Activation, u"settingsTellActivations"_s, tr("A node has enrolled")},
        {NoticeKind::Export, u"settingsTellExports"_s, tr("An export is ready or failed")},
        {NoticeKind::Problem, u"settingsTellProblems"_s, tr("The engine or its store has a problem")}};
    auto *boxes = new QVBoxLayout;
    boxes->setSpacing(themeOf(this).metrics().step(1.5));
    column->addLayout(boxes);
    for (const auto &[kind, name, text] : kinds) {
        auto *box = new QCheckBox(text);
        box->setObjectName(name);
        box->setChecked(m_settings.tellsOnDesktop(kind));
        connect(box, &QCheckBox::toggled, this,
                [this, kind = kind](bool tells) { m_settings.setTellsOnDesktop(kind, tells); });
        boxes->addWidget(box);
    }
    column->addWidget(makeQuietHours());
    return surface;
}

QWidget *SettingsPage::makeQuietHours()
{
    const Metrics &m = themeOf(this).metrics();
    auto *quiet = new QCheckBox(tr("Quiet hours"));
    quiet->setObjectName(u"settingsQuiet"_s);
    auto *from = new QTimeEdit(m_settings.quietFrom().isValid() ? m_settings.quietFrom() : QTime(22, 0));
    auto *to = new QTimeEdit(m_settings.quietTo().isValid() ? m_settings.quietTo() : QTime(7, 0));
    from->setObjectName(u"settingsQuietFrom"_s);
    from->setAccessibleName(tr("Quiet from"));
    to->setObjectName(u"settingsQuietTo"_s);
    to->setAccessibleName(tr("Quiet to"));
    quiet->setChecked(m_settings.quietFrom().isValid());
    const auto apply = [this, quiet, from, to] {
        from->setEnabled(quiet->isChecked());
        to->setEnabled(quiet->isChecked());
        if (quiet->isChecked())
            m_settings.setQuietHours(from->time(), to->time());
        else
            m_settings.setQuietHours({}, {});
    };
    from->setEnabled(quiet->isChecked());
    to->setEnabled(quiet->isChecked());
    connect(quiet, &QCheckBox::toggled, this, apply);
    connect(from, &QTimeEdit::timeChanged, this, apply);
    connect(to, &QTimeEdit::timeChanged, this, apply);
    auto *box = new QWidget;
    auto *line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(m.toolGap());
    line->addWidget(quiet);
    line->addSpacing(m.step(2));
    line->addWidget(from);
    line->addWidget(new TextLabel(tr("to", "a time of day"), TextRole::Body, Token::Text2));
    line->addWidget(to);
    line->addStretch(1);
    return box;
}

QWidget *SettingsPage::makeKeys()
{
    const Metrics &m = themeOf(this).metrics();
    const auto [surface, column] = card(tr("Keys and layout"), m);
    auto *keys = makeButton(u"settingsShortcuts"_s, tr("Keyboard shortcuts"), Icon::Keyboard);
    auto *layout = makeButton(u"settingsResetLayout"_s, tr("Reset layout"), Icon::Again);
    connect(keys, &QPushButton::clicked, this, [this] { m_setup.openShortcuts(); });
    connect(layout, &QPushButton::clicked, this, [this] { m_setup.resetLayout(); });
    auto *line = new QHBoxLayout;
    line->setSpacing(m.toolGap());
    line->addWidget(keys);
    line->addWidget(layout);
    line->addStretch(1);
    column->addLayout(line);
    column->addWidget(note(tr("Columns, splitters and the sidebar return to their original places.")));
    return surface;
}

QWidget *SettingsPage::makeFacts()
{
    const auto [surface, column] = card(tr("This console"), themeOf(this).metrics());
    auto *facts = new FactList;
    facts->setFacts(m_setup.facts);
    column->addWidget(facts);
    auto *line = new QHBoxLayout;
    line->setSpacing(themeOf(this).metrics().toolGap());
    const auto add
        = [&](const QString &name, const QString &text, Icon icon, const std::function<void()> &run) {
              if (!run)
                  return;
              auto *button = makeButton(name, text, icon);
              connect(button, &QPushButton::clicked, this, run);
              line->addWidget(button);
          };
    add(u"settingsStore"_s, tr("Choose another store..."), Icon::Store, m_setup.changeStore);
    add(u"settingsBackUpKey"_s, tr("Back up the master key..."), Icon::Key, m_setup.backUpKey);
    add(u"settingsHeadless"_s, tr("Set up without a desktop..."), Icon::Headless, m_setup.openHeadless);
    line->addStretch(1);
    column->addLayout(line);
    return surface;
}

}

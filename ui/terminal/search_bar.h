#pragma once
// Finds in a terminal's screen and history (Ctrl+Shift+F): word or regular expression, with or without case; Enter goes to the next older
// match, Shift+Enter back; Esc closes. Ui thread.

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace fb {

class TerminalModel;
class TextLabel;

class SearchBar : public QWidget
{
    Q_OBJECT
public:
    SearchBar(TerminalModel &model, QWidget *parent);
    void open(); // shows, the field has the focus and its text is chosen
    void close();

signals:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    void step(bool older);
    void showState();

    TerminalModel &m_model;
    QLineEdit *m_field;
    QToolButton *m_pattern;
    QToolButton *m_case;
    TextLabel *m_count;
};

}

#include "app/engine/commands.h"

#include <QMap>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    Usage completionUsage(const QString &shell, const QString &start)
    {
        return {.name = u"completion "_s + shell,
                .summary
                = u"Prints what makes %1 complete the commands of flagbridge-engine and their options."_s.arg(
                    shell),
                .options = {},
                .examples = u"  "_s + start};
    }

    const Usage kBashCompletion
        = completionUsage(u"bash"_s, u"source <(flagbridge-engine completion bash)"_s);
    const Usage kZshCompletion = completionUsage(u"zsh"_s, u"source <(flagbridge-engine completion zsh)"_s);

    // What stands behind an option, by the word that its help has for it.
    QString kindOf(const QCommandLineOption &option)
    {
        static const QMap<QString, QString> kinds {{u""_s, u"flag"_s},    {u"DIR"_s, u"folder"_s},
                                                   {u"F"_s, u"file"_s},   {u"FILE"_s, u"file"_s},
                                                   {u"SIG"_s, u"file"_s}, {u"ROLE"_s, u"role"_s}};
        return kinds.value(option.valueName(), u"value"_s);
    }

    // case "node approve" in ...: the options of one usage, each in the list of its kind.
    QString caseOf(const Usage &usage)
    {
        QMap<QString, QStringList> names;
        for (const QCommandLineOption &option : usage.options)
            names[kindOf(option)].append(u"--"_s + option.names().constFirst());
        names[u"flag"_s].append(u"--help"_s);
        QString text = u"        '%1')"_s.arg(usage.name);
        for (auto kind = names.cbegin(); kind != names.cend(); ++kind)
            text += u" %1s='%2'"_s.arg(kind.key(), kind->join(u' '));
        return text + u" ;;\n"_s;
    }

    QString script()
    {
        QStringList commands;
        QString verbs;
        QString options;
        for (const CliCommand &command : commandTable()) {
            commands.append(command.name);
            QStringList own;
            const QList<Usage> usages = command.usages();
            for (const Usage &usage : usages) {
                if (usage.name.contains(u' '))
                    own.append(usage.name.section(u' ', 1));
                options += caseOf(usage);
            }
            if (!own.isEmpty())
                verbs += u"        %1) verbs='%2' ;;\n"_s.arg(command.name, own.join(u' '));
        }
        const QString text
            = QStringLiteral(R"(# Completion of flagbridge-engine, made by: flagbridge-engine completion
_flagbridge_engine()
{
    local cur=${COMP_WORDS[COMP_CWORD]} prev= usage=${COMP_WORDS[1]} verbs=
    local flags= folders= files= roles= values=
    COMPREPLY=()
    ((COMP_CWORD > 1)) && prev=${COMP_WORDS[COMP_CWORD - 1]}
    if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W '%COMMANDS --help --version' -- "$cur"))
        return
    fi
    case $usage in
%VERBS    esac
    if [ -n "$verbs" ]; then
        if ((COMP_CWORD == 2)); then
            COMPREPLY=($(compgen -W "$verbs" -- "$cur"))
            return
        fi
        usage="$usage ${COMP_WORDS[2]}"
    fi
    case $usage in
%OPTIONS        *) return ;;
    esac
    case " $folders " in *" $prev "*)
        compopt -o filenames 2>/dev/null
        local IFS=$'\n'
        COMPREPLY=($(compgen -d -- "$cur"))
        return ;;
    esac
    case " $files " in *" $prev "*)
        compopt -o filenames 2>/dev/null
        local IFS=$'\n'
        COMPREPLY=($(compgen -f -- "$cur"))
        return ;;
    esac
    case " $roles " in *" $prev "*)
        COMPREPLY=($(compgen -W 'Viewer Operator Approver Administrator' -- "$cur"))
        return ;;
    esac
    case " $values " in *" $prev "*) return ;;
    esac
    COMPREPLY=($(compgen -W "$flags $folders $files $roles $values" -- "$cur"))
}
complete -F _flagbridge_engine flagbridge-engine)");
        return QString(text)
            .replace(u"%COMMANDS"_s, commands.join(u' '))
            .replace(u"%VERBS"_s, verbs)
            .replace(u"%OPTIONS"_s, options);
    }
}

ExitCode completionCommand(const QStringList &arguments)
{
    const QString shell = arguments.value(0);
    if (shell != u"bash" && shell != u"zsh")
        return usageError(u"name the shell: bash or zsh. See: flagbridge-engine completion bash --help"_s);
    const auto parsed = Options::parse(shell == u"bash" ? kBashCompletion : kZshCompletion, arguments.mid(1));
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    if (shell == u"zsh")
        printText(u"autoload -U +X bashcompinit && bashcompinit"_s);
    printText(script());
    return ExitCode::Success;
}

QList<Usage> completionUsages() { return {kBashCompletion, kZshCompletion}; }

}

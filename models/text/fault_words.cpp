#include "models/text/fault_words.h"

#include "backend/language/fault.h"

#include <algorithm>
#include <iterator>

namespace fb {

namespace {
    // What a value is and should be. They stand in sentences.
    constexpr const char *kKinds[] {
        QT_TRANSLATE_NOOP("fb::FaultWords", "null"),
        QT_TRANSLATE_NOOP("fb::FaultWords", "a boolean"),
        QT_TRANSLATE_NOOP("fb::FaultWords", "a number"),
        QT_TRANSLATE_NOOP("fb::FaultWords", "text"),
        QT_TRANSLATE_NOOP("fb::FaultWords", "a list"),
        QT_TRANSLATE_NOOP("fb::FaultWords", "a map"),
        QT_TRANSLATE_NOOP("fb::FaultWords", "text or a list of texts"),
        QT_TRANSLATE_NOOP("fb::FaultWords", "true or false"),
        QT_TRANSLATE_NOOP("fb::FaultWords", "a map or its JSON text"),
        QT_TRANSLATE_NOOP("fb::FaultWords", "exit or successAndExit"),
    };

    // Where a fault names kinds and not what somebody wrote, which stays as it is.
    bool isKind(FaultCode code, size_t argument)
    {
        return code == FaultCode::InputShape || code == FaultCode::ModifierKind
            || (code == FaultCode::ModifierValue && argument == 1)
            || (code == FaultCode::DefaultKind && argument == 0)
            || (code != FaultCode::SessionParameterType && faultPattern(code).ends_with(", not {}"));
    }

    QString kindWord(const std::string &kind)
    {
        const auto known = std::find(std::begin(kKinds), std::end(kKinds), kind);
        return known == std::end(kKinds) ? QString::fromStdString(kind) : FaultWords::tr(*known);
    }
}

QString FaultWords::of(const Fault &fault)
{
    QStringList inserts;
    for (size_t i = 0; i < fault.arguments.size(); ++i)
        inserts << (isKind(fault.code, i) ? kindWord(fault.arguments[i])
                                          : QString::fromStdString(fault.arguments[i]));
    for (const Fault &cause : fault.causes)
        inserts << of(cause);
    // All at once: what somebody wrote may hold a %2.
    QString words = pattern(fault.code);
    QString whole;
    qsizetype from = 0;
    for (qsizetype at = words.indexOf(u'%'); at >= 0; at = words.indexOf(u'%', at + 1)) {
        const int number = at + 1 < words.size() ? words[at + 1].digitValue() : -1;
        if (number < 1 || number > inserts.size())
            continue;
        whole += words.mid(from, at - from) + inserts[number - 1];
        from = at + 2;
    }
    return whole + words.mid(from);
}

QString FaultWords::pattern(FaultCode code)
{
    switch (code) {
    case FaultCode::StepNotMap:
        return tr("a step is a map, not %1");
    case FaultCode::PluginUnknown:
        return tr("the plugin \"%1\" is not known");
    case FaultCode::PluginUnknownNearest:
        return tr("the plugin \"%1\" is not known; did you mean %2?");
    case FaultCode::NoStepPlatform:
        return tr("no step can run on any platform");
    case FaultCode::NoCommonPlatform:
        return tr("no platform can run all its plugins");
    case FaultCode::StepKeyIsInput:
        return tr("this is an input in a Command document: move it below inputs");
    case FaultCode::StepKeyUnknown:
        return tr("this key is not known in a step");
    case FaultCode::InputsNotMap:
        return tr("a map of inputs is expected, not %1");
    case FaultCode::PreconditionNotMap:
        return tr("a map of operators is expected, not %1");
    case FaultCode::PreconditionSchema:
        return tr("a precondition needs schema version 2.2: this step will fail");
    case FaultCode::PreconditionFails:
        return tr("%1: this step will fail");
    case FaultCode::MaxAttempts:
        return tr("a number from 1 to %1 is expected");
    case FaultCode::TimeoutNotSeconds:
        return tr("a number of seconds is expected, not %1");
    case FaultCode::ActionMissing:
        return tr("the step needs an action: the name of a plugin");
    case FaultCode::StepNameMissing:
        return tr("the step needs a name");
    case FaultCode::StepNameWrong:
        return tr("\"%1\" is not a step name: 1 to %2 letters, digits, _ and -");
    case FaultCode::FinallyNotLast:
        return tr("only the last step can be the finally step; this is ignored");
    case FaultCode::StepCount:
        return tr("a list of 1 to %1 steps is expected (got %2)");
    case FaultCode::StepsNotList:
        return tr("a list of 1 to %1 steps is expected, not %2");
    case FaultCode::StepNameTwice:
        return tr("two steps are named \"%1\"");
    case FaultCode::PluginNotMap:
        return tr("a map with properties is expected, not %1");
    case FaultCode::PluginKeyUnknown:
        return tr("this key is not known here; properties and settings are");
    case FaultCode::PropertiesMissing:
        return tr("the plugin has no properties");
    case FaultCode::PropertiesShape:
        return tr("a map, a list of maps or a parameter's token is expected");
    case FaultCode::TokenNotMap:
        return tr("{{ %1 }} must be a parameter of type StringMap or MapList");
    case FaultCode::PropertyId:
        return tr("an id has up to %1 letters, digits, _, -, : and single dots");
    case FaultCode::NeedsSchema2:
        return tr("this needs schema version 2.0 or later");
    case FaultCode::PropertyIdTwice:
        return tr("the id \"%1\" is used twice");
    case FaultCode::RuntimeConfigEmpty:
        return tr("a map of at least one plugin is expected");
    case FaultCode::TooManySteps:
        return tr("at most %1 steps are allowed (got %2)");
    case FaultCode::StreamNeedsInputs:
        return tr("a Standard_Stream document needs inputs");
    case FaultCode::SessionNeedsProperties:
        return tr("a %1 document needs properties");
    case FaultCode::SessionType:
        return tr("sessionType must be Standard_Stream, InteractiveCommands, NonInteractiveCommands or Port");
    case FaultCode::SessionParameterType:
        return tr("parameters of Session documents are String or StringList, not %1");
    case FaultCode::MapExpected:
        return tr("a map is expected, not %1");
    case FaultCode::InputUnknown:
        return tr("this input is not known");
    case FaultCode::ValueExpected:
        return tr("a value is expected, not %1");
    case FaultCode::TextTooLong:
        return tr("at most %1 characters are allowed (got %2)");
    case FaultCode::PlatformKeyUnknown:
        return tr("only linux, macos and windows are known here");
    case FaultCode::TextExpected:
        return tr("text is expected, not %1");
    case FaultCode::StreamHasInputs:
        return tr("a Standard_Stream document has inputs, not properties");
    case FaultCode::PortKeyUnknown:
        return tr("this key is not known; portNumber, localPortNumber, host and type are");
    case FaultCode::PortMissing:
        return tr("a Port document needs a portNumber");
    case FaultCode::CommandsOfNoPlatform:
        return tr("the commands of at least one platform are needed");
    case FaultCode::CommandsShape:
        return tr("text or a list of texts is expected");
    case FaultCode::FlagExpected:
        return tr("true or false is expected");
    case FaultCode::CommandsKeyUnknown:
        return tr("this key is not known; commands and runAsElevated are");
    case FaultCode::CommandsMissing:
        return tr("the commands are missing");
    case FaultCode::MustBeFlag:
        return tr("\"%1\" must be true or false");
    case FaultCode::IdleMinutes:
        return tr("\"%1\" must be 1 to 60 minutes");
    case FaultCode::DurationMinutes:
        return tr("\"%1\" must be 1 to 1440 minutes, or empty for no limit");
    case FaultCode::RetentionDays:
        return tr("\"%1\" must be 1 to 3650 days");
    case FaultCode::PortRange:
        return tr("\"%1\" must be %2 to %3");
    case FaultCode::PortType:
        return tr("\"%1\" must be LocalPortForwarding or none");
    case FaultCode::InputShape:
        return tr("%1 is expected, not %2");
    case FaultCode::InputValue:
        return tr("\"%1\" must be one of %2");
    case FaultCode::SecureToken:
        return tr("{{%1}} is allowed only in the credentials of aws:downloadContent and aws:domainJoin");
    case FaultCode::TokenUnknown:
        return tr("{{ %1 }} is not a parameter; it stays as typed");
    case FaultCode::ScriptInjection:
        return tr("the parameter %1 goes into the script as it is given, so it can run commands; give it an "
                  "allowedPattern, allowedValues or interpolationType ENV_VAR");
    case FaultCode::AutomationKey:
        return tr("this key belongs to Automation documents; Command documents steer with the inputs "
                  "onFailure, onSuccess and finallyStep");
    case FaultCode::ModifierValue:
        return tr("\"%1\" must be %2");
    case FaultCode::ModifierKind:
        return tr("%1 must be %2");
    case FaultCode::PluginInputUnknown:
        return tr("%1 has no such input; it has %2");
    case FaultCode::PluginInputMissing:
        return tr("%1 requires this input");
    case FaultCode::DocumentNotMap:
        return tr("a document is a map, not %1");
    case FaultCode::SchemaMissing:
        return tr("the schema version is missing or is not text");
    case FaultCode::SchemaOfType:
        return tr("schema version %1 is not valid for document type %2");
    case FaultCode::DocumentKeyOfAutomation:
        return tr("this key belongs to Automation documents (schema 0.3)");
    case FaultCode::DocumentKeyUnknown:
        return tr("this key is not known in a document of schema %1; it has %2");
    case FaultCode::FilesNotMap:
        return tr("a map of files is expected, not %1");
    case FaultCode::TypeNotOfAws:
        return tr("AWS takes only String and StringList in Command documents; %1 runs here only");
    case FaultCode::BodyMissing:
        return tr("a document of schema %1 needs %2");
    case FaultCode::ContentTooLarge:
        return tr("the content has %1 bytes; at most %2 are allowed");
    case FaultCode::ContentEmpty:
        return tr("the content is empty");
    case FaultCode::NotText:
        return tr("a document of type %1 is JSON or YAML, not TEXT");
    case FaultCode::ContentNotUtf8:
        return tr("the content is not UTF-8 text without NUL bytes");
    case FaultCode::ParameterNotMap:
        return tr("a parameter is described by a map, not %1");
    case FaultCode::ParameterTypeMissing:
        return tr("the parameter has no type");
    case FaultCode::ParameterTypeUnknown:
        return tr(
            "\"%1\" is not a type; it must be String, StringList, Integer, Boolean, StringMap or MapList");
    case FaultCode::ParameterKeyUnknown:
        return tr("this key is not known in a parameter's definition");
    case FaultCode::NotOfType:
        return tr("does not apply to a parameter of type %1");
    case FaultCode::CountExpected:
        return tr("a whole number of 0 or more is expected");
    case FaultCode::ValuesExpected:
        return tr("a list of at least one value is expected");
    case FaultCode::PatternWrong:
        return tr("the regular expression does not compile: %1");
    case FaultCode::DisplayType:
        return tr("\"%1\" must be textfield or textarea");
    case FaultCode::InterpolationType:
        return tr("\"%1\" must be RAW or ENV_VAR");
    case FaultCode::EnvVarType:
        return tr("ENV_VAR is for String and StringList parameters");
    case FaultCode::RangeTurned:
        return tr("%1 is above %2, which is %3");
    case FaultCode::DefaultKind:
        return tr("%1 is not a value for a parameter of type %2");
    case FaultCode::DefaultRefused:
        return tr("the default does not fit the definition: %1");
    case FaultCode::ParametersNotMap:
        return tr("a map of parameters is expected, not %1");
    case FaultCode::ParameterName:
        return tr("a parameter's name has 1 to %1 letters and digits");
    case FaultCode::PlatformTypeReserved:
        return tr("platformType is reserved for preconditions");
    case FaultCode::OperandShape:
        return tr("StringEquals takes a list of exactly two texts");
    case FaultCode::OperandsSame:
        return tr("both operands are \"%1\"");
    case FaultCode::OperandOfStore:
        return tr("an operand refers to Parameter Store, which a precondition may not");
    case FaultCode::OperandPlatformParameter:
        return tr("platformType can't be compared with a document parameter");
    case FaultCode::OperandPlatform:
        return tr("\"%1\" is not a platform; it must be Linux, MacOS or Windows");
    case FaultCode::OperandsFixed:
        return tr("neither operand holds platformType or a document parameter");
    case FaultCode::PreconditionShape:
        return tr("a precondition is a map of operators");
    case FaultCode::OperatorUnknown:
        return tr("the operator \"%1\" is not known; StringEquals is");
    case FaultCode::TooDeep:
        return tr("lists and maps are nested deeper than %1 levels");
    case FaultCode::JsonTooShort:
        return tr("the JSON text ends too early");
    case FaultCode::JsonTooLong:
        return tr("there is more text after the end of the JSON value");
    case FaultCode::NotJson:
        return tr("this is not JSON: %1");
    case FaultCode::TextTooLarge:
        return tr("the text has %1 bytes; at most %2 are allowed");
    case FaultCode::NulByte:
        return tr("the text holds a NUL byte");
    case FaultCode::NotUtf8:
        return tr("the text is not valid UTF-8");
    case FaultCode::NumberTooLarge:
        return tr("the number %1 does not fit 64 bits");
    case FaultCode::NumberSpecial:
        return tr("the number %1 has no JSON form; put it in quotes to mean the text");
    case FaultCode::NumberExponent:
        return tr("the exponent of %1 has more than 4 digits; put it in quotes to mean the text");
    case FaultCode::SecondYaml:
        return tr("there is a second YAML document; only one is allowed");
    case FaultCode::NulCharacter:
        return tr("the text holds a NUL character");
    case FaultCode::NulInKey:
        return tr("a key holds a NUL character");
    case FaultCode::MergeKey:
        return tr("merge keys (<<) are not part of YAML 1.2; write the keys out");
    case FaultCode::YamlTag:
        return tr("tags are not allowed here (found %1)");
    case FaultCode::KeyNotText:
        return tr("a key must be text, not %1");
    case FaultCode::AliasInItself:
        return tr("an alias is used inside its own anchor");
    case FaultCode::AliasCount:
        return tr("aliases expand more than %1 times");
    case FaultCode::AliasBytes:
        return tr("aliases expand to more than %1 bytes");
    case FaultCode::KeyTwice:
        return tr("the key \"%1\" is used twice");
    case FaultCode::NotYaml:
        return tr("this is not YAML: %1");
    }
    return {};
}

}

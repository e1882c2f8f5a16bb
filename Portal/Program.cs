using QuanTrac.Portal.Commands;

return await Verbs.RunAsync(args, CommandTexts.OfTerminal(), Console.Out, Console.Error);
